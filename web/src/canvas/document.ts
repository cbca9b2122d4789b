/** Anything that can stand in a document: a region, or a span of text. */
export interface Mark {
  readonly id: string;
}

/** One mark as it was and as it is, each with its place in the list. Null where it did not exist. */
export interface Change<M extends Mark> {
  readonly before: M | null;
  readonly from: number;
  readonly after: M | null;
  readonly to: number;
}

/** What one action of a person changed, to be undone in one go. Changes apply in order. */
export interface ChangeSet<M extends Mark> {
  readonly changes: readonly Change<M>[];
  /** Sets of the same run follow each other as one action, as key presses of one nudge do. */
  readonly run?: string;
}

/** The marks of one item with all that can be undone and redone. A value: every step makes another. */
export interface Document<M extends Mark> {
  readonly marks: readonly M[];
  readonly done: readonly ChangeSet<M>[];
  readonly undone: readonly ChangeSet<M>[];
  /** The number that the next new mark is called by. */
  readonly next: number;
}

const KEPT = 200;

export function documentOf<M extends Mark>(marks: readonly M[]): Document<M> {
  return { marks, done: [], undone: [], next: 1 + Math.max(0, ...marks.map(({ id }) => Number(id) || 0)) };
}

export function applied<M extends Mark>(marks: readonly M[], { changes }: ChangeSet<M>): readonly M[] {
  const next = [...marks];
  for (const { before, from, after, to } of changes) {
    if (before !== null) next.splice(from, 1);
    if (after !== null) next.splice(to, 0, after);
  }
  return next;
}

export function inverse<M extends Mark>({ changes }: ChangeSet<M>): ChangeSet<M> {
  return { changes: changes.toReversed().map(({ before, from, after, to }) => ({ before: after, from: to, after: before, to: from })) };
}

export function commit<M extends Mark>(document: Document<M>, set: ChangeSet<M>): Document<M> {
  if (set.changes.length === 0) return document;
  const last = document.done.at(-1);
  const joins = set.run !== undefined && last?.run === set.run;
  const done = joins ? [...document.done.slice(0, -1), joined(last, set)] : [...document.done, set];
  const born = set.changes.filter(({ before, after }) => before === null && after !== null).length;
  return { marks: applied(document.marks, set), done: done.slice(-KEPT), undone: [], next: document.next + born };
}

function inPlace<M extends Mark>({ before, from, after, to }: Change<M>): boolean {
  return before !== null && after !== null && from === to;
}

/** Two sets as one; edits of the same marks become one edit, so that a long nudge stays short. */
function joined<M extends Mark>(first: ChangeSet<M>, second: ChangeSet<M>): ChangeSet<M> {
  const same = first.changes.length === second.changes.length && first.changes.every((change, index) => {
    const other = second.changes[index];
    return other !== undefined && inPlace(change) && inPlace(other) && change.after?.id === other.before?.id && change.from === other.from;
  });
  if (!same) return { ...first, changes: [...first.changes, ...second.changes] };
  return { ...first, changes: first.changes.map((change, index) => ({ ...change, after: second.changes[index]?.after ?? null })) };
}

export function undo<M extends Mark>(document: Document<M>): Document<M> {
  const last = document.done.at(-1);
  if (last === undefined) return document;
  const marks = applied(document.marks, inverse(last));
  return { ...document, marks, done: document.done.slice(0, -1), undone: [...document.undone, last] };
}

export function redo<M extends Mark>(document: Document<M>): Document<M> {
  const last = document.undone.at(-1);
  if (last === undefined) return document;
  return { ...document, marks: applied(document.marks, last), done: [...document.done, last], undone: document.undone.slice(0, -1) };
}

/** The set that adds these on top. */
export function adding<M extends Mark>(document: Document<M>, marks: readonly M[]): ChangeSet<M> {
  const end = document.marks.length;
  return { changes: marks.map((after, index) => ({ before: null, from: -1, after, to: end + index })) };
}

/** The set that puts these in the place of the marks of the same ids. What has not changed is left out. */
export function replacing<M extends Mark>(document: Document<M>, marks: readonly M[], run?: string): ChangeSet<M> {
  const wanted = new Map(marks.map((mark) => [mark.id, mark]));
  const changes = document.marks.flatMap((before, from) => {
    const after = wanted.get(before.id);
    return after === undefined || after === before ? [] : [{ before, from, after, to: from }];
  });
  return run === undefined ? { changes } : { changes, run };
}

export function removing<M extends Mark>(document: Document<M>, ids: ReadonlySet<string>): ChangeSet<M> {
  const changes = document.marks.flatMap((before, from) => (ids.has(before.id) ? [{ before, from, after: null, to: -1 }] : []));
  return { changes: changes.reverse() };
}

/** The set that moves one mark to another place in the list, which is the order of drawing. */
export function reordering<M extends Mark>(document: Document<M>, id: string, to: number): ChangeSet<M> {
  const from = document.marks.findIndex((mark) => mark.id === id);
  const mark = document.marks[from];
  const place = Math.min(document.marks.length - 1, Math.max(0, to));
  return { changes: mark === undefined || place === from ? [] : [{ before: mark, from, after: mark, to: place }] };
}

/** Sets that follow each other, each made of the document as the one before leaves it: undone in one go. */
export function inTurn<M extends Mark>(document: Document<M>, ...steps: readonly ((document: Document<M>) => ChangeSet<M>)[]): ChangeSet<M> {
  const changes: Change<M>[] = [];
  let now = document;
  for (const step of steps) {
    const set = step(now);
    changes.push(...set.changes);
    now = commit(now, set);
  }
  return { changes };
}
