import { allowedShift } from "../geometry";
import type { Bounds, ImagePoint } from "../points";
import { Adjust } from "./adjust";
import { add } from "./drawn";
import { templateBox } from "../operations";
import type { Bench, Press, Tool } from "./tool";

/** A box of the last box's size with every click; of 50 by 50 pixels while there is none. */
export class TemplateTool implements Tool {
  private readonly adjust: Adjust;

  constructor(private readonly bench: Bench) {
    this.adjust = new Adjust(bench, true);
  }

  cursor(press: Press): string {
    return this.adjust.gripAt(press)?.cursor ?? "copy";
  }

  hover(press: Press): void {
    this.bench.sketch(this.adjust.gripAt(press) === null ? { is: "box", bounds: this.boundsAt(press.at) } : null);
  }

  press(press: Press): void {
    if (!this.adjust.press(press)) this.bench.sketch({ is: "box", bounds: this.boundsAt(press.at) });
  }

  drag(press: Press): void {
    if (this.adjust.active) this.adjust.drag(press);
    else this.bench.sketch({ is: "box", bounds: this.boundsAt(press.at) });
  }

  release(press: Press): void {
    if (this.adjust.active) return this.adjust.release();
    this.bench.sketch(null);
    add(this.bench, { shape: "box", ...this.boundsAt(press.at) });
  }

  finish(): boolean {
    return false;
  }

  cancel(): boolean {
    this.bench.sketch(null);
    return this.adjust.cancel();
  }

  back(): boolean {
    return false;
  }

  private boundsAt({ x, y }: ImagePoint): Bounds {
    const { width, height } = templateBox(this.bench.read().document, this.bench.size);
    const { dx, dy } = allowedShift({ x: 0, y: 0, width, height }, x - width / 2, y - height / 2, this.bench.size);
    return { x: dx, y: dy, width, height };
  }
}
