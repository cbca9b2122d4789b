import { removing, replacing } from "../document";
import { distance } from "../geometry";
import { boundsOf, hits, shifted, type Region } from "../regions";
import type { ImagePoint, ScreenPoint } from "../points";
import { confirmed } from "../suggestion";
import { Adjust } from "./adjust";
import { adjustable, reshape } from "./drawn";
import { pointAt, withoutPoint } from "./grips";
import { CLICK, type Bench, type Press, type Tool } from "./tool";

interface Held {
  readonly at: ImagePoint;
  readonly screen: ScreenPoint;
  /** What is being moved; none when the image itself is. */
  readonly regions: readonly Region[];
  readonly onSelected: boolean;
}

/** Selecting, moving and reshaping; empty ground drags the image. `points`: a click on a point takes it away. */
export class SelectTool implements Tool {
  private readonly adjust: Adjust;
  private held: Held | null = null;
  private moved = false;
  private last: ScreenPoint = { x: 0, y: 0 };

  constructor(private readonly bench: Bench, private readonly points = false) {
    this.adjust = new Adjust(bench);
  }

  cursor(press: Press): string {
    if (this.held !== null && this.moved) return this.held.regions.length > 0 ? "move" : "grabbing";
    return this.adjust.gripAt(press)?.cursor ?? (this.under(press)[0] === undefined ? "default" : "move");
  }

  hover(press: Press): void {
    this.bench.sketch(null);
    this.bench.hover(this.adjust.gripAt(press) === null ? (this.under(press)[0]?.id ?? null) : null);
  }

  press(press: Press): void {
    this.moved = false;
    this.last = press.screen;
    if ((this.points || press.double) && this.removePoint(press)) return;
    if (this.adjust.press(press)) {
      // A click on a polygon's edge adds the point that a drag would move.
      if (this.points) this.adjust.drag(press);
      return;
    }
    this.hold(press);
  }

  drag(press: Press): void {
    if (this.adjust.active) return this.adjust.drag(press);
    if (this.held === null) return;
    this.moved ||= distance(this.held.screen, press.screen) >= CLICK;
    if (!this.moved) return;
    if (this.held.regions.length > 0) this.bench.ghosts(this.shiftedTo(press.at));
    else this.bench.pan(press.screen.x - this.last.x, press.screen.y - this.last.y);
    this.last = press.screen;
  }

  release(press: Press): void {
    if (this.adjust.active) return this.adjust.release();
    const held = this.held;
    this.held = null;
    this.bench.ghosts([]);
    if (held === null) return;
    if (!this.moved) return this.click(press, held);
    if (held.regions.length > 0) this.bench.commit(replacing(this.bench.read().document, this.shiftedTo(press.at, held).map(confirmed)));
  }

  finish(): boolean {
    return false;
  }

  cancel(): boolean {
    const begun = this.held !== null && this.moved;
    this.held = null;
    this.bench.ghosts([]);
    return this.adjust.cancel() || begun;
  }

  back(): boolean {
    return false;
  }

  private hold(press: Press): void {
    const { document, selected, locked, fixed } = this.bench.read();
    const under = this.under(press);
    const onSelected = under.some(({ id }) => selected.has(id));
    const [top] = under;
    if (top !== undefined && !press.shift) this.bench.select(onSelected ? [...selected] : [top.id], false);
    const now = this.bench.read().selected;
    const movable = document.marks.filter(({ id, shape }) => now.has(id) && shape !== "mask" && fixed?.has(id) !== true);
    const takesHold = top !== undefined && !press.shift && !locked;
    this.held = { at: press.at, screen: press.screen, regions: takesHold ? movable : [], onSelected };
  }

  /** Selects the smallest region under the pointer; once that is selected, the next larger. */
  private click(press: Press, held: Held): void {
    const under = this.under(press);
    const { selected } = this.bench.read();
    const [top] = under;
    if (top === undefined) return this.bench.select([], false);
    if (press.shift) return this.bench.select(toggled(selected, top.id), false);
    const at = under.findIndex(({ id }) => selected.has(id));
    const next = held.onSelected ? (under[(at + 1) % under.length] ?? top) : (under[at] ?? top);
    this.bench.select([next.id], false);
  }

  /** The regions under the pointer, smallest first. */
  private under({ at, reach }: Press): Region[] {
    const { document, hidden } = this.bench.read();
    const found = document.marks.filter((region) => !hidden.has(region.id) && hits(region, at, reach / 2));
    const area = (region: Region) => boundsOf(region).width * boundsOf(region).height;
    return found.reverse().sort((a, b) => area(a) - area(b));
  }

  private shiftedTo(at: ImagePoint, held = this.held): Region[] {
    if (held === null) return [];
    return held.regions.map((region) => shifted(region, at.x - held.at.x, at.y - held.at.y, this.bench.size));
  }

  private removePoint(press: Press): boolean {
    const region = adjustable(this.bench);
    const place = region?.shape === "polygon" ? pointAt(region, press.at, press.reach) : null;
    if (region?.shape !== "polygon" || place === null || this.bench.read().locked || this.bench.read().fixed?.has(region.id) === true) return false;
    const { document } = this.bench.read();
    const less = withoutPoint(region, place);
    if (less === null) this.bench.commit(removing(document, new Set([region.id])));
    else reshape(this.bench, less);
    return true;
  }
}

function toggled(selected: ReadonlySet<string>, id: string): string[] {
  return selected.has(id) ? [...selected].filter((other) => other !== id) : [...selected, id];
}
