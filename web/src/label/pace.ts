/** So many items, submitted at that moment. */
export interface Mark {
  readonly at: number;
  readonly items: number;
}

const WINDOW_MS = 5 * 60_000;
const ENOUGH_MS = 20_000;

export function recent(marks: readonly Mark[], now: number): readonly Mark[] {
  return marks.filter((mark) => now - mark.at < WINDOW_MS);
}

/** Pending items, of which some were submitted since they were counted. */
export function itemsLeft(pending: number, countedAt: number, marks: readonly Mark[]): number {
  const since = marks.filter((mark) => mark.at > countedAt);
  return Math.max(0, pending - since.reduce((sum, mark) => sum + mark.items, 0));
}

/** Items a minute over the last minutes, or null while there is too little to tell. */
export function pace(marks: readonly Mark[], startedAt: number, now: number): number | null {
  const span = Math.min(now - startedAt, WINDOW_MS);
  const counted = recent(marks, now);
  if (span < ENOUGH_MS || counted.length < 2) return null;
  const items = counted.reduce((sum, mark) => sum + mark.items, 0);
  return Math.round(items / (span / 60_000));
}
