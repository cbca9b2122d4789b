import { Problem } from "../api/problem";
import type { DicomFrame, ImageView, Submission, Submitted, Task, TaskItem } from "../api/types";
import type { ImageServer } from "../label/imageServer";
import type { OutboxEntry, OutboxStorage } from "../outbox/outboxStorage";
import type { LabelingState } from "../label/state";
import type { Tasks } from "../label/tasks";
import type { Store } from "../ui/store";

export const LEASE_MS = 30 * 60_000;

export function itemOf(id: string): TaskItem {
  return { id, path: `${id}.png`, url: `https://storage/${id}.png`, text: null, previous: null, comment: null };
}

export function taskOf(id: string, items: readonly string[], expires = Date.now() + LEASE_MS): Task {
  return { id, type: "manual", expires: new Date(expires).toISOString(), instructions_version: 1, items: items.map(itemOf) };
}

export function memoryOutboxStorage(): OutboxStorage & { entries: Map<string, OutboxEntry> } {
  const entries = new Map<string, OutboxEntry>();
  return {
    entries,
    all: () => Promise.resolve([...entries.values()]),
    put: (entry) => Promise.resolve(void entries.set(entry.id, entry)),
    remove: (id) => Promise.resolve(void entries.delete(id)),
  };
}

/** Renders nothing unless a test lays it in. */
export class FakeImages implements ImageServer {
  readonly views = new Map<string, ImageView>();
  readonly thumbnailed: string[] = [];
  refusal = new Problem(404, "There is no such image.");

  rendition(item: string): Promise<ImageView> {
    const view = this.views.get(item);
    return view === undefined ? Promise.reject(this.refusal) : Promise.resolve(view);
  }

  thumbnails(items: readonly string[]): Promise<ReadonlyMap<string, string>> {
    this.thumbnailed.push(...items);
    return Promise.resolve(new Map(items.map((id) => [id, `https://storage/${id}.small.webp`])));
  }

  frame(): Promise<DicomFrame> {
    return Promise.reject(this.refusal);
  }
}

/**
 * Hands out items i0, i1, ... in order, answers after a turn of the event loop, and keeps what it is sent.
 * `suggests`: what a claimed task has besides.
 */
export class FakeServer implements Tasks {
  readonly submissions: Submission[] = [];
  readonly givenBack: string[] = [];
  readonly renewed: string[] = [];
  readonly reopened: string[][] = [];
  online = true;
  private handedOut = 0;
  private readonly tasks: Task[] = [];

  constructor(private readonly total: number, private readonly suggests: (task: Task) => Task = (task) => task) {}

  async claim(size: number): Promise<Task | null> {
    await this.turn();
    const count = Math.min(size, this.total - this.handedOut);
    if (count === 0) return null;
    const ids = Array.from({ length: count }, (_, index) => `i${this.handedOut + index}`);
    this.handedOut += count;
    return this.handOut(ids);
  }

  async renew(task: string): Promise<Task> {
    await this.turn();
    this.renewed.push(task);
    return taskOf(task, this.tasks.find(({ id }) => id === task)?.items.map(({ id }) => id) ?? []);
  }

  async giveBack(task: string): Promise<void> {
    await this.turn();
    this.givenBack.push(task);
  }

  async reopen(items: readonly string[]): Promise<Task> {
    await this.turn();
    this.reopened.push([...items]);
    return this.handOut(items);
  }

  readonly send = async ({ body }: OutboxEntry): Promise<Submitted> => {
    await this.turn();
    const known = this.submissions.some((other) => other.submission === body.submission);
    if (!known) this.submissions.push(body);
    return { submission: body.submission, results: body.answers.map(({ item }) => ({ item, outcome: "labeled" })) };
  };

  /** Ends every lease that the session believes it has. */
  expire(store: Store<LabelingState>): void {
    const pages = store.get().pages.map((page) => ({ ...page, task: { ...page.task, expires: new Date(0).toISOString() } }));
    store.set({ ...store.get(), pages });
  }

  /** What was said of each item, in the order of submission. */
  said(): [item: string, label: string][] {
    return this.submissions.flatMap(({ answers }) =>
      answers.map(({ item, answer, skipped }): [string, string] => [item, answer && "labels" in answer ? answer.labels.join("+") : `skipped: ${skipped ?? ""}`]),
    );
  }

  private handOut(items: readonly string[]): Task {
    const task = this.suggests(taskOf(`t${this.tasks.length}`, items));
    this.tasks.push(task);
    return task;
  }

  private async turn(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (!this.online) throw new Problem(0, "offline");
  }
}

export async function until(condition: () => boolean, withinMs = 2000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error("It did not happen in time.");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
