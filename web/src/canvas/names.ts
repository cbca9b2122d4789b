import { boundsOf, type Region } from "./regions";
import type { ScreenPoint, Size } from "./points";
import { toScreen, type View } from "./view";

/** A region's name, and where it stands on the screen. */
export interface Name extends ScreenPoint {
  readonly region: Region;
  readonly text: string;
  /** The region's lower right corner. */
  readonly end: ScreenPoint;
}

const LETTER = 7;
const DOT = 13;
const CELL = 16;

export function nameOf(region: Region, text: string, view: View): Name {
  const bounds = boundsOf(region);
  const { x, y } = toScreen(view, bounds);
  const end = toScreen(view, { x: bounds.x + bounds.width, y: bounds.y + bounds.height });
  return { region, text, end, x: Math.max(2, x), y: Math.max(18, y - 4) };
}

/** The names in sight that lie on none of those after them: names on top of each other tell nothing. */
export function readable(names: readonly Name[], port: Size): Name[] {
  const taken = new Set<string>();
  const kept: Name[] = [];
  for (const name of names.toReversed()) {
    if (name.end.x < 0 || name.end.y < 0 || name.x > port.width || name.y - CELL > port.height) continue;
    const [row, first] = [Math.round(name.y / CELL), Math.floor(name.x / CELL)];
    const cells = Array.from({ length: Math.ceil((DOT + LETTER * name.text.length) / CELL) }, (_, index) => `${row} ${first + index}`);
    if (cells.some((cell) => taken.has(cell))) continue;
    for (const cell of cells) taken.add(cell);
    kept.push(name);
  }
  return kept.reverse();
}
