import type { SpanMark } from "../marks/spanMark";

/** Which line below the text a span's bar has: spans that overlap lie under each other. */
export function levelsOf(spans: readonly SpanMark[]): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  const ends: number[] = [];
  for (const { id, start, end } of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const free = ends.findIndex((last) => last <= start);
    const level = free === -1 ? ends.length : free;
    ends[level] = end;
    levels.set(id, level);
  }
  return levels;
}

/** A name that is wanted over a span: over which line, and from where to where the span goes there. */
export interface WantedName {
  readonly line: number;
  readonly left: number;
  readonly right: number;
  readonly width: number;
  /** The line is read from right to left. */
  readonly rtl: boolean;
}

/**
 * Where each name begins, to the right where the line is read so: at its span's beginning, pushed on by the one
 * before. Null for one that would be pushed far from its span: it says less than none.
 */
export function placeNames(wanted: readonly WantedName[]): (number | null)[] {
  const read = wanted.map(({ left, right, rtl, ...name }, index) => ({ ...name, index, ...(rtl ? { from: -right, to: -left, turn: -1 } : { from: left, to: right, turn: 1 }) }));
  const taken = new Map<number, number>();
  const places: (number | null)[] = wanted.map(() => null);
  for (const { index, line, width, from, to, turn } of read.sort((one, other) => one.from - other.from)) {
    const at = Math.max(from, taken.get(line) ?? from);
    if (at > to + 2 * width) continue;
    taken.set(line, at + width);
    places[index] = turn * at;
  }
  return places;
}

/** The text cut where its cells meet: each with where it begins, in UTF-16 units. */
export interface Cell {
  readonly name: string | null;
  readonly text: string;
  readonly start: number;
}

/** A row's text is its cells that are not empty, line by line; any other text is one cell. */
export function cellsOf(text: string, columns: Readonly<Record<string, string>> | null | undefined): Cell[] {
  const cells: Cell[] = [];
  let start = 0;
  for (const [name, value] of Object.entries(columns ?? {}).filter(([, value]) => value !== "")) {
    cells.push({ name, text: value, start });
    start += value.length + 1;
  }
  const whole = cells.map((cell) => cell.text).join("\n") === text;
  return whole && cells.length > 0 ? cells : [{ name: null, text, start: 0 }];
}
