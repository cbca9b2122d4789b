import type { Answer, Item, Project, Task } from "../api/types";
import { browserDatabase } from "../drafts/database";
import { takeSeat } from "../drafts/seat";
import { submissionOf } from "../label/answer";
import type { MarkingView } from "../label/marks/marking";
import { hasDrafts, pageOf } from "../label/page";
import type { Outgoing } from "../label/session";
import type { Tasks } from "../label/tasks";
import { deskOf, type Desk } from "../label/useSession";

const NEVER = "9999-12-31T00:00:00Z";

/** The item with the answer to begin with; its id says which state of the item is corrected. */
function taskFor(item: Item, answer: Answer | null): Task {
  const { id, path, url, text, columns, width, height, frames, version } = item;
  const only = { id, path, url, text, columns, width, height, frames, previous: answer, comment: null };
  return { id: `correction-${version}`, type: "manual", expires: NEVER, instructions_version: 0, items: [only] };
}

/** Of tasks there is one, unless an earlier visit has left it on the desk. */
function tasksOf(only: Task, isKept: () => boolean): Tasks {
  const waiting = [only];
  const refused = () => Promise.reject(new Error("A correction is one item, which is taken once."));
  const claim = () => Promise.resolve(isKept() ? null : (waiting.shift() ?? null));
  return { claim, renew: refused, giveBack: () => Promise.resolve(), reopen: refused };
}

/** A correction is saved by its own button. */
const NO_OUTBOX: Outgoing = { add: () => Promise.resolve(true), withdraw: () => false, isWaiting: () => false, settled: () => Promise.resolve(), onSettled: () => () => undefined };

/** The labeling page's desk with one item on it: its tools, keys, canvas and drafts serve to correct an answer too. */
export function correctionDesk(user: string, project: Project, view: MarkingView | null, item: Item, answer: Answer | null): Desk {
  const scope = `${project.id}.correction.${item.id}`;
  const tasks = tasksOf(taskFor(item, answer), () => desk.session.state.get().pages.length > 0);
  const keep = { database: browserDatabase, takeSeat: () => takeSeat(`${user}.${scope}`) };
  const desk: Desk = deskOf(project, view, { user, project: scope, layout: 1, tasks, outbox: NO_OUTBOX, keep });
  return desk;
}

/** Whether something would be lost with the desk. */
export function isBegun({ session }: Desk): boolean {
  const [page] = session.state.get().pages;
  return page !== undefined && hasDrafts(page);
}

/** Begins again with this answer: what is not begun is not kept. */
export function beginAnew({ session, view }: Desk, item: Item, answer: Answer | null): void {
  session.change(() => pageOf(taskFor(item, answer), view?.marking ?? null));
}

/** Whether the item has changed since the correction on the desk was begun. */
export function isOvertaken({ session }: Desk, item: Item): boolean {
  const [page] = session.state.get().pages;
  return page !== undefined && page.task.id !== taskFor(item, null).id;
}

/** The answer as it is on the desk; null while there is none. What is begun on the canvas is ended first. */
export function answerOn({ session, view }: Desk): Answer | null {
  session.host.surface()?.finish();
  const [page] = session.state.get().pages;
  if (page === undefined) return null;
  return submissionOf(page, crypto.randomUUID(), () => null, view?.marking ?? null).answers[0]?.answer ?? null;
}

/** Lets go of what is begun or selected; false when there is nothing to let go of. */
export function letsGo({ session }: Desk): boolean {
  const { marking } = session.state.get();
  return session.host.surface()?.cancel() === true || marking.selected.size > 0 || marking.pending !== null;
}
