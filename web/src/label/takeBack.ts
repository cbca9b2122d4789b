import { messageOf } from "../api/problem";
import type { Store } from "../ui/store";
import type { Task, TaskItem } from "../api/types";
import { afresh, type Page } from "./page";
import type { Outgoing } from "./session";
import type { LabelingState, PastPage } from "./state";
import type { Tasks } from "./tasks";

interface TakenBack {
  page: Page | null;
  problem: string | null;
}

export type Reopen = (task: Task, before: Page) => Page;

async function reopen(past: PastPage, outbox: Outgoing, tasks: Tasks, pageOf: Reopen): Promise<Page> {
  if (outbox.withdraw(past.submission)) return afresh(past.page);
  await outbox.settled(past.submission);
  const task = await tasks.reopen(past.page.task.items.map((item) => item.id));
  return pageOf(asBefore(task, past.page.task), past.page);
}

/** The task with what was suggested when it was on screen the last time: the page looks as it did. */
function asBefore(task: Task, { type, items }: Task): Task {
  const known = (item: TaskItem) => items.find(({ id }) => id === item.id) ?? item;
  const suggested = task.items.map((item) => ({ ...known(item), url: item.url, thumbnail: item.thumbnail ?? null, previous: item.previous, comment: item.comment }));
  return { ...task, type, items: suggested };
}

/** Takes the page submitted last back onto the screen, from the outbox or else from the server. */
export async function takeBack(state: Store<LabelingState>, outbox: Outgoing, tasks: Tasks, pageOf: Reopen): Promise<TakenBack> {
  const past = state.get().past.at(-1);
  if (past === undefined || state.get().reopening) return { page: null, problem: null };
  state.set({ ...state.get(), reopening: true });
  try {
    const page = await reopen(past, outbox, tasks, pageOf);
    const now = state.get();
    const done = Math.max(0, now.done - page.task.items.length);
    state.set({ ...now, pages: [page, ...now.pages], phase: "labeling", done });
    return { page, problem: null };
  } catch (error) {
    return { page: null, problem: messageOf(error) };
  } finally {
    const now = state.get();
    state.set({ ...now, reopening: false, past: now.past.filter((other) => other !== past) });
  }
}
