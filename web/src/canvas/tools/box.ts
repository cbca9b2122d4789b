import { between, clamped, distance } from "../geometry";
import type { ImagePoint, ScreenPoint } from "../points";
import { Adjust } from "./adjust";
import { add } from "./drawn";
import { CLICK, type Bench, type Press, type Tool } from "./tool";

/** Boxes by dragging from corner to corner, or by a click on each. */
export class BoxTool implements Tool {
  private readonly adjust: Adjust;
  private anchor: { readonly at: ImagePoint; readonly screen: ScreenPoint } | null = null;
  /** The first corner was clicked, and the second is awaited. */
  private clicked = false;

  constructor(private readonly bench: Bench) {
    this.adjust = new Adjust(bench, true);
  }

  cursor(press: Press): string {
    return (this.anchor === null ? this.adjust.gripAt(press)?.cursor : undefined) ?? "crosshair";
  }

  hover(press: Press): void {
    if (this.anchor !== null) this.show(press);
    else this.bench.sketch(this.adjust.gripAt(press) === null ? { is: "cross", at: press.at } : null);
  }

  press(press: Press): void {
    if (this.anchor !== null) return;
    if (this.adjust.press(press)) return;
    this.anchor = { at: clamped(press.at, this.bench.size), screen: press.screen };
  }

  drag(press: Press): void {
    if (this.adjust.active) this.adjust.drag(press);
    else this.show(press);
  }

  release(press: Press): void {
    if (this.adjust.active) return this.adjust.release();
    if (this.anchor === null) return;
    const still = distance(this.anchor.screen, press.screen) < CLICK;
    if (still && !this.clicked) {
      this.clicked = true;
      return;
    }
    const bounds = between(this.anchor.at, clamped(press.at, this.bench.size));
    this.cancel();
    if (!still) add(this.bench, { shape: "box", ...bounds });
  }

  finish(): boolean {
    return false;
  }

  cancel(): boolean {
    const begun = this.anchor !== null;
    this.anchor = null;
    this.clicked = false;
    this.bench.sketch(null);
    return this.adjust.cancel() || begun;
  }

  back(): boolean {
    return this.cancel();
  }

  private show(press: Press): void {
    if (this.anchor === null) return;
    this.bench.sketch({ is: "box", bounds: between(this.anchor.at, clamped(press.at, this.bench.size)) });
  }
}
