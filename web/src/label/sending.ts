import type { Submission, Submitted } from "../api/types";
import type { Store } from "../ui/store";
import { n, t } from "../words/words";
import { submissionOf } from "./answer";
import type { Page } from "./page";
import type { SessionSetup } from "./session";
import type { LabelingState } from "./state";

type Setup = Pick<SessionSetup, "user" | "project" | "outbox" | "images" | "marking">;

/** What others have to know of what was sent. */
interface Heard {
  refused(submission: string): void;
  warn(text: string): void;
}

/** Hands pages to the outbox, and says what became of them. */
export class Sending {
  constructor(private readonly state: Store<LabelingState>, private readonly setup: Setup, private readonly heard: Heard) {}

  /** Listens to the outbox until the function it gives is called. */
  start(): () => void {
    return this.setup.outbox.onSettled(({ id, task }, submitted) => this.settled(id, task, submitted));
  }

  bodyOf(page: Page): Submission {
    const { images, marking } = this.setup;
    const sizeOf = (id: string) => {
      const found = page.task.items.find((item) => item.id === id);
      return found === undefined ? null : images.sizeOf(found);
    };
    return submissionOf(page, crypto.randomUUID(), sizeOf, marking);
  }

  async send(task: string, body: Submission): Promise<void> {
    const { user, project, outbox } = this.setup;
    this.outgoing((tasks) => [...tasks, task]);
    // What only this window's memory has stays among the drafts until the server has it.
    if (await outbox.add({ id: body.submission, user, project, task, body, at: Date.now(), refused: null })) this.left(task);
  }

  private left(task: string): void {
    this.outgoing((tasks) => tasks.filter((other) => other !== task));
  }

  private outgoing(change: (tasks: readonly string[]) => readonly string[]): void {
    const state = this.state.get();
    this.state.set({ ...state, outgoing: change(state.outgoing) });
  }

  private settled(submission: string, task: string, submitted: Submitted | null): void {
    this.left(task);
    if (submitted === null) return this.heard.refused(submission);
    const late = submitted.results.filter((result) => result.outcome === "late").length;
    if (late === 0) return;
    this.heard.warn(t("{late} came after your hold had ended and somebody else had answered; theirs stand.", { late: n(late, "{n} answer", "{n} answers") }));
  }
}
