import type { Answer, Submission, TaskItem } from "../api/types";
import type { Kind } from "../kinds/kinds";
import type { Layout } from "./layout";
import type { Marking } from "./marks/marking";
import { changeDrafts, isAnswered, targets, visible, type Draft, type Drafts, type Page } from "./page";

function withDraft(drafts: Drafts, id: string, draft: Draft): Drafts {
  if (draft.labels.length > 0 || draft.skipped !== null) return { ...drafts, [id]: draft };
  return Object.fromEntries(Object.entries(drafts).filter(([other]) => other !== id));
}

function withEach(drafts: Drafts, ids: readonly string[], draftOf: (before: Draft | undefined) => Draft): Drafts {
  return ids.reduce((all, id) => withDraft(all, id, draftOf(all[id])), drafts);
}

/** Moves to the next item on screen without an answer; stays where everything has one. */
function advance(page: Page, layout: Layout): Page {
  const { start, items } = visible(page, layout);
  const open = items.flatMap((item, index) => (isAnswered(page, item) ? [] : [start + index]));
  const cursor = open.find((index) => index > page.cursor) ?? open[0] ?? page.cursor;
  return { ...page, cursor, anchor: cursor };
}

function settle(page: Page, layout: Layout): Page {
  return advance({ ...page, selected: new Set(), selectionUsed: false }, layout);
}

function replaceLabel(page: Page, label: string): Page {
  const ids = targets(page);
  return changeDrafts(page, (drafts) => withEach(drafts, ids, () => ({ labels: [label], skipped: null })));
}

function toggleLabel(page: Page, label: string): Page {
  const ids = targets(page);
  const everywhere = ids.every((id) => page.drafts[id]?.labels.includes(label));
  const change = (labels: readonly string[]) =>
    everywhere ? labels.filter((other) => other !== label) : [...labels.filter((other) => other !== label), label];
  const next = changeDrafts(page, (drafts) =>
    withEach(drafts, ids, (before) => ({ labels: change(before?.labels ?? []), skipped: null })),
  );
  return { ...next, selectionUsed: next.selected.size > 0 };
}

/** One label replaces and moves on; several toggle and stay, since the image may want another. */
export function applyLabel(page: Page, label: string, kind: Kind, layout: Layout): Page {
  return kind.choice === "one" ? settle(replaceLabel(page, label), layout) : toggleLabel(page, label);
}

export function skip(page: Page, reason: string, layout: Layout): Page {
  const ids = targets(page);
  return settle(changeDrafts(page, (drafts) => withEach(drafts, ids, () => ({ labels: [], skipped: reason }))), layout);
}

export function clear(page: Page, ids: readonly string[]): Page {
  const answered = ids.filter((id) => page.drafts[id] !== undefined);
  if (answered.length === 0) return page;
  return changeDrafts(page, (drafts) => withEach(drafts, answered, () => ({ labels: [], skipped: null })));
}

export function removeLabel(page: Page, id: string, label: string): Page {
  return changeDrafts(page, (drafts) =>
    withEach(drafts, [id], (before) => ({ labels: (before?.labels ?? []).filter((other) => other !== label), skipped: null })),
  );
}

export type Size = readonly [width: number, height: number];

function answerOf(page: Page, item: TaskItem, marking: Marking | null): Answer | null {
  const draft = page.drafts[item.id];
  if (draft?.skipped != null) return null;
  const marks = page.marks[item.id];
  if (marking !== null && marks !== undefined) return marking.answer(marks, item);
  return draft === undefined ? null : { labels: [...draft.labels] };
}

export function submissionOf(page: Page, submission: string, sizeOf: (id: string) => Size | null, marking: Marking | null = null): Submission {
  const answers = page.task.items.flatMap((item) => {
    const { id } = item;
    const answer = answerOf(page, item, marking);
    const skipped = page.drafts[id]?.skipped ?? null;
    if (answer === null && skipped === null) return [];
    const [width, height] = sizeOf(id) ?? [null, null];
    const note = page.flags[id];
    const seconds = Math.round((page.seconds[id] ?? 0) * 10) / 10;
    return [{ item: id, answer, skipped, width, height, seconds, ...(note === undefined ? {} : { flag: note }) }];
  });
  return { submission, answers };
}
