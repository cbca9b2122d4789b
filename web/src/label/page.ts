import type { Task, TaskItem } from "../api/types";
import { documentOf } from "../canvas/document";
import { gridFor, type Layout } from "./layout";
import type { Mark, MarkDocument, Marking } from "./marks/marking";

/** What the labeler has decided about one item, before it is submitted. */
export interface Draft {
  readonly labels: readonly string[];
  readonly skipped: string | null;
  /** A model's proposal that nobody has touched. */
  readonly suggested?: true;
}

export type Drafts = Readonly<Record<string, Draft>>;

/** A task on screen. Drafts belong to items, so no layout can lose them. */
export interface Page {
  readonly task: Task;
  readonly drafts: Drafts;
  /** What is marked in each item, with its undo; empty where labels belong to the whole item. */
  readonly marks: Readonly<Record<string, MarkDocument>>;
  /** Notes to reviewers, by item. */
  readonly flags: Readonly<Record<string, string>>;
  readonly seconds: Readonly<Record<string, number>>;
  readonly cursor: number;
  readonly anchor: number;
  readonly selected: ReadonlySet<string>;
  /** The selection has received its label: the next click starts a new one. */
  readonly selectionUsed: boolean;
  readonly undo: readonly { drafts: Drafts; cursor: number }[];
  /** The lease has ended; the drafts can still be submitted, and count where nobody else answered. */
  readonly lapsed: boolean;
  /** For a page that was submitted before: by which submission, and with which drafts it came back. */
  readonly again: { readonly submission: string; readonly drafts: Drafts } | null;
}

const UNDO_LIMIT = 100;

/** What the item begins with. */
function given({ previous, prelabel }: TaskItem): Draft | null {
  if (previous && "labels" in previous) return { labels: previous.labels, skipped: null };
  return prelabel && "labels" in prelabel ? { labels: prelabel.labels, skipped: null, suggested: true } : null;
}

/** A page to begin with; `before` has what was answered when it was on screen the last time. */
export function pageOf(task: Task, marking: Marking | null = null, before: Pick<Page, "drafts" | "marks"> = { drafts: {}, marks: {} }): Page {
  const known = task.items.map((item) => [item.id, before.drafts[item.id] ?? given(item)] as const);
  const drafts = Object.fromEntries(known.filter((pair): pair is readonly [string, Draft] => pair[1] !== null));
  const marks = marking === null ? {} : Object.fromEntries(task.items.map((item) => [item.id, settled(before.marks[item.id]) ?? marking.open(item)]));
  const flags = Object.fromEntries(task.items.flatMap(({ id, flag }) => (flag == null ? [] : [[id, flag] as const])));
  // Of what looks alike, most has the same label: one key gives it to all.
  const selected = new Set(task.type === "clustered" && known.every(([, draft]) => draft === null) ? task.items.map(({ id }) => id) : []);
  return { task, drafts, marks, flags, seconds: {}, cursor: 0, anchor: 0, selected, selectionUsed: false, undo: [], lapsed: false, again: null };
}

const settled = (document: MarkDocument | undefined) => (document === undefined ? undefined : documentOf<Mark>(document.marks));

/** The page as it is taken back: with its answers, and nothing to undo. */
export function afresh(page: Page): Page {
  const marks = Object.fromEntries(Object.entries(page.marks).map(([id, { marks }]) => [id, documentOf<Mark>(marks)]));
  return { ...page, marks, cursor: 0, anchor: 0, undo: [], selected: new Set(), selectionUsed: false };
}

/** The part of the task that the layout shows: the window that holds the cursor. */
export function visible(page: Page, layout: Layout): { start: number; items: TaskItem[] } {
  const start = Math.floor(page.cursor / layout) * layout;
  return { start, items: page.task.items.slice(start, start + layout) };
}

/** Where something is marked, nothing marked is an answer too. */
export function isAnswered(page: Page, item: TaskItem): boolean {
  return page.drafts[item.id] !== undefined || page.marks[item.id] !== undefined;
}

/** Whether the item has what was suggested for it, and nobody has touched it. */
export function isSuggested(page: Page, { id, prelabel, previous }: TaskItem): boolean {
  const draft = page.drafts[id];
  const document = page.marks[id];
  if (draft !== undefined || document === undefined) return draft?.suggested === true;
  const { marks, done } = document;
  return done.length === 0 && (marks.length === 0 ? prelabel != null && previous == null : marks.every(({ suggested }) => suggested !== undefined));
}

/** Whether to submit the page is to accept it: nobody has changed a thing. */
export function isAccepting(page: Page): boolean {
  return page.task.items.every((item) => isSuggested(page, item));
}

/** Where suggestions begin that no part of the page up to the one on screen has shown; null where there are none. */
export function unseenFrom(page: Page, layout: Layout): number | null {
  const { start, items } = visible(page, layout);
  const end = start + items.length;
  return page.task.items.slice(end).some((item) => isSuggested(page, item)) ? end : null;
}

/** Positions in the task that still need an answer. */
export function missing(page: Page): number[] {
  return page.task.items.flatMap((item, index) => (isAnswered(page, item) ? [] : [index]));
}

/** Whether anything would be lost with the page: what it began with would not. */
export function hasDrafts(page: Page): boolean {
  const first = (item: TaskItem) => (page.again === null ? given(item) : (page.again.drafts[item.id] ?? null));
  const drafted = page.task.items.some((item) => JSON.stringify(page.drafts[item.id] ?? null) !== JSON.stringify(first(item)));
  const flagged = page.task.items.some(({ id, flag }) => (page.flags[id] ?? null) !== (flag ?? null));
  return drafted || flagged || Object.values(page.marks).some(({ done }) => done.length > 0);
}

export function isFresh(page: Page): boolean {
  return page.undo.length === 0 && Object.values(page.marks).every(({ done }) => done.length === 0);
}

/** The items a label goes to: the selection, or else the item under the cursor. */
export function targets(page: Page): string[] {
  if (page.selected.size > 0) return [...page.selected];
  const current = page.task.items[page.cursor];
  return current === undefined ? [] : [current.id];
}

export function changeDrafts(page: Page, change: (before: Drafts) => Drafts): Page {
  const undo = [...page.undo, { drafts: page.drafts, cursor: page.cursor }].slice(-UNDO_LIMIT);
  return { ...page, drafts: change(page.drafts), undo };
}

export function undoOnce(page: Page): Page {
  const last = page.undo.at(-1);
  if (last === undefined) return page;
  return { ...page, ...last, anchor: last.cursor, selected: new Set(), undo: page.undo.slice(0, -1) };
}

export function moveTo(page: Page, index: number): Page {
  const cursor = Math.max(0, Math.min(page.task.items.length - 1, index));
  const cleared = page.selectionUsed ? { selected: new Set<string>(), selectionUsed: false } : {};
  return { ...page, ...cleared, cursor, anchor: cursor };
}

export type Direction = "left" | "right" | "up" | "down" | "first" | "last";

export function move(page: Page, layout: Layout, direction: Direction): Page {
  const { start, items } = visible(page, layout);
  const end = start + items.length - 1;
  const { columns } = gridFor(page.task.items.length, layout);
  const wanted = { left: page.cursor - 1, right: page.cursor + 1, up: page.cursor - columns, down: page.cursor + columns, first: start, last: end };
  const index = wanted[direction];
  const leavesRow = (direction === "up" || direction === "down") && (index < start || index > end);
  return leavesRow ? page : moveTo(page, index);
}
