import { brushed } from "../bitmap";
import type { ImagePoint } from "../points";
import { Stroke } from "../stroke";
import type { Bench, Press, Tool } from "./tool";

/** A round brush on the masks; as an eraser it takes pixels away. */
export class BrushTool implements Tool {
  private stroke: Stroke | null = null;
  private last: ImagePoint | null = null;

  constructor(private readonly bench: Bench, private readonly value: 0 | 1) {}

  cursor(): string {
    return "none";
  }

  hover(press: Press): void {
    this.bench.sketch({ is: "brush", at: press.at, radius: this.bench.read().brush / 2 });
  }

  press(press: Press): void {
    const state = this.bench.read();
    if (state.label === null) {
      this.bench.say("Choose a label first.");
      return;
    }
    this.stroke = new Stroke(state, this.bench.masks, this.bench.size, state.label, this.value);
    this.last = press.at;
    this.drag(press);
  }

  drag(press: Press): void {
    this.hover(press);
    if (this.stroke === null || this.last === null) return;
    const { size } = this.bench;
    this.stroke.add(brushed({ ...size, data: new Uint8Array() }, this.last, press.at, this.bench.read().brush / 2));
    this.last = press.at;
  }

  release(): void {
    const stroke = this.stroke;
    this.stroke = this.last = null;
    if (stroke !== null) this.bench.commit(stroke.end());
  }

  finish(): boolean {
    return false;
  }

  cancel(): boolean {
    const stroke = this.stroke;
    this.stroke = this.last = null;
    this.bench.sketch(null);
    stroke?.cancel();
    return stroke !== null;
  }

  back(): boolean {
    return false;
  }
}
