/** Where a reviewer is in a list of items, and which of them are selected. */
export interface Selection {
  /** The item that the keys are about; null before anybody has been in the list. */
  readonly cursor: string | null;
  /** The cursor's place, kept for when the item leaves the list. */
  readonly at: number;
  /** Where a range begins. */
  readonly anchor: string | null;
  readonly selected: ReadonlySet<string>;
}

type Ids = readonly string[];

export const NOWHERE: Selection = { cursor: null, at: 0, anchor: null, selected: new Set() };

const within = (ids: Ids, index: number) => Math.max(0, Math.min(ids.length - 1, index));

/** The cursor's place in the list as it is now; -1 in an empty one. */
export function placeOf({ cursor, at }: Selection, ids: Ids): number {
  if (ids.length === 0) return -1;
  const there = cursor === null ? -1 : ids.indexOf(cursor);
  return there === -1 ? within(ids, at) : there;
}

export function goTo(selection: Selection, ids: Ids, index: number): Selection {
  const at = within(ids, index);
  const cursor = ids[at] ?? null;
  return { ...selection, cursor, at, anchor: cursor };
}

/** To an item, whether or not it is in the list. */
export function visit(selection: Selection, ids: Ids, id: string): Selection {
  return ids.includes(id) ? goTo(selection, ids, ids.indexOf(id)) : { ...selection, cursor: id };
}

/** By so many places. From an item that has left the list, its place is the next one's. */
export function step(selection: Selection, ids: Ids, by: number): Selection {
  const gone = selection.cursor !== null && !ids.includes(selection.cursor);
  const from = gone && by > 0 ? selection.at - 1 : gone ? selection.at : placeOf(selection, ids);
  return goTo(selection, ids, from + by);
}

export function toggle(selection: Selection, ids: Ids, index: number): Selection {
  const moved = goTo(selection, ids, index);
  const id = moved.cursor;
  if (id === null) return selection;
  const selected = new Set(selection.selected);
  if (!selected.delete(id)) selected.add(id);
  return { ...moved, selected };
}

/** Selects everything from the anchor to here; the anchor stays. */
export function extend(selection: Selection, ids: Ids, index: number): Selection {
  const to = within(ids, index);
  const anchored = selection.anchor === null ? -1 : ids.indexOf(selection.anchor);
  const from = anchored === -1 ? placeOf(selection, ids) : anchored;
  const range = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { cursor: ids[to] ?? null, at: to, anchor: ids[from] ?? null, selected: new Set([...selection.selected, ...range]) };
}

/** Selects all, or none where all are selected. */
export function selectAll(selection: Selection, ids: Ids): Selection {
  const all = ids.every((id) => selection.selected.has(id));
  return { ...selection, selected: new Set(all ? [] : ids) };
}

export function selectNone(selection: Selection): Selection {
  return { ...selection, selected: new Set() };
}

/** The items that an action is about, in the order of the list: those selected, else the cursor's. None that has left it. */
export function targetsOf(selection: Selection, ids: Ids): Ids {
  const selected = ids.filter((id) => selection.selected.has(id));
  return selected.length > 0 ? selected : ids.filter((id) => id === selection.cursor);
}

/** After something was done to these: nothing is selected, and the cursor is on what follows the last of them, if anything does. */
export function past(selection: Selection, ids: Ids, done: Ids): Selection {
  const last = Math.max(...done.map((id) => ids.indexOf(id)), -1);
  if (last === ids.length - 1 && selection.cursor !== null) return selectNone(selection);
  return last === -1 ? step(selectNone(selection), ids, 1) : goTo(selectNone(selection), ids, last + 1);
}
