import { around, clamped } from "../geometry";
import type { ImagePoint } from "../points";
import { Adjust } from "./adjust";
import { add } from "./drawn";
import type { Bench, Press, Tool } from "./tool";

const ENOUGH = 4;

/** Boxes by a click on the topmost, lowest, leftmost and rightmost point of a thing, in any order. */
export class ExtremeTool implements Tool {
  private readonly adjust: Adjust;
  private points: ImagePoint[] = [];

  constructor(private readonly bench: Bench) {
    this.adjust = new Adjust(bench, true);
  }

  cursor(press: Press): string {
    return (this.points.length === 0 ? this.adjust.gripAt(press)?.cursor : undefined) ?? "crosshair";
  }

  hover(press: Press): void {
    if (this.points.length > 0) this.show(clamped(press.at, this.bench.size));
    else this.bench.sketch(this.adjust.gripAt(press) === null ? { is: "cross", at: press.at } : null);
  }

  press(press: Press): void {
    if (this.points.length === 0 && this.adjust.press(press)) return;
    this.points.push(clamped(press.at, this.bench.size));
    if (this.points.length === ENOUGH) this.finish();
  }

  drag(press: Press): void {
    if (this.adjust.active) this.adjust.drag(press);
  }

  release(): void {
    if (this.adjust.active) this.adjust.release();
  }

  /** Two points already span a box, where that is all there is to see. */
  finish(): boolean {
    if (this.points.length === 0) return false;
    const bounds = around(this.points);
    this.cancel();
    add(this.bench, { shape: "box", ...bounds });
    return true;
  }

  cancel(): boolean {
    const begun = this.points.length > 0;
    this.points = [];
    this.bench.sketch(null);
    return this.adjust.cancel() || begun;
  }

  back(): boolean {
    const taken = this.points.pop() !== undefined;
    const last = this.points.at(-1);
    if (last === undefined) this.bench.sketch(null);
    else this.show(last);
    return taken;
  }

  private show(next: ImagePoint): void {
    this.bench.sketch({ is: "box", bounds: around([...this.points, next]) });
  }
}
