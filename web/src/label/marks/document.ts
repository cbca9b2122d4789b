import { commit, documentOf, type ChangeSet } from "../../canvas/document";
import type { Page } from "../page";
import type { LabelingState } from "../state";
import type { Mark, MarkDocument, MarkingState } from "./marking";

export const EMPTY: MarkDocument = documentOf<Mark>([]);

/** The item that is being marked: kinds with marks show one at a time. */
export function currentItem(page: Page | undefined): Page["task"]["items"][number] | undefined {
  return page?.task.items[page.cursor];
}

export function documentNow({ pages }: LabelingState): MarkDocument {
  const item = currentItem(pages[0]);
  return (item === undefined ? undefined : pages[0]?.marks[item.id]) ?? EMPTY;
}

/** The state with another document for the item on screen. What is marked is no longer skipped. */
export function withDocument({ pages }: LabelingState, change: (document: MarkDocument) => MarkDocument): Partial<LabelingState> {
  const [page, ...rest] = pages;
  const item = currentItem(page);
  if (page === undefined || item === undefined) return {};
  const before = page.marks[item.id] ?? EMPTY;
  const after = change(before);
  if (after === before) return {};
  const drafts = Object.fromEntries(Object.entries(page.drafts).filter(([id]) => id !== item.id));
  return { pages: [{ ...page, drafts, marks: { ...page.marks, [item.id]: after } }, ...rest] };
}

export function committed(state: LabelingState, set: ChangeSet<Mark>): Partial<LabelingState> {
  return withDocument(state, (document) => commit(document, set));
}

export function withMarking({ marking }: LabelingState, change: Partial<MarkingState>): Partial<LabelingState> {
  return { marking: { ...marking, ...change } };
}

/** The selection without what does not exist any more. */
export function pruned(state: LabelingState): Partial<LabelingState> {
  const alive = new Set(documentNow(state).marks.map(({ id }) => id));
  const { selected } = state.marking;
  return [...selected].every((id) => alive.has(id)) ? {} : withMarking(state, { selected: new Set([...selected].filter((id) => alive.has(id))) });
}
