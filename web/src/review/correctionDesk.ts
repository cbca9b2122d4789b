import type { Answer, Item, Project } from "../api/types";
import { submissionOf } from "../label/answer";
import type { MarkingView } from "../label/marks/marking";
import { isFresh } from "../label/page";
import type { Outgoing } from "../label/session";
import type { Tasks } from "../label/tasks";
import { deskOf, type Desk } from "../label/useSession";

const NEVER = "9999-12-31T00:00:00Z";

/** Of tasks there is one: this item, with the answer to begin with. */
function tasksFor(item: Item, answer: Answer | null): Tasks {
  const { id, path, url, text, columns, width, height, frames } = item;
  const only = { id, path, url, text, columns, width, height, frames, previous: answer, comment: null };
  const waiting = [{ id: "correction", type: "manual" as const, expires: NEVER, instructions_version: 0, items: [only] }];
  const refused = () => Promise.reject(new Error("A correction is one item, which is taken once."));
  return { claim: () => Promise.resolve(waiting.shift() ?? null), renew: refused, giveBack: () => Promise.resolve(), reopen: refused };
}

/** A correction is saved by its own button, and nothing of it is kept. */
const NO_OUTBOX: Outgoing = { add: () => Promise.resolve(true), withdraw: () => false, isWaiting: () => false, settled: () => Promise.resolve(), onSettled: () => () => undefined };

/** The labeling page's desk with one item on it: its tools, keys and canvas correct an answer too. */
export function correctionDesk(project: Project, view: MarkingView | null, item: Item, answer: Answer | null): Desk {
  return deskOf(project, view, { user: "", layout: 1, tasks: tasksFor(item, answer), outbox: NO_OUTBOX, keep: null });
}

/** The answer as it is on the desk; null while there is none. What is begun on the canvas is ended first. */
export function answerOn({ session, view }: Desk): Answer | null {
  session.host.surface()?.finish();
  const [page] = session.state.get().pages;
  if (page === undefined) return null;
  return submissionOf(page, crypto.randomUUID(), () => null, view?.marking ?? null).answers[0]?.answer ?? null;
}

/** Lets go of what is begun or selected; false when there is nothing to let go of, and nothing to lose. */
export function letsGo({ session }: Desk): boolean {
  const { pages, marking } = session.state.get();
  const busy = session.host.surface()?.cancel() === true || marking.selected.size > 0 || marking.pending !== null;
  return busy || (pages[0] !== undefined && !isFresh(pages[0]));
}
