import { GRASP, onInnerHandle } from "../handles";
import type { ImagePoint } from "../points";
import type { Region } from "../regions";
import { adjustable, reshape } from "./drawn";
import { gripAt, type Grip } from "./grips";
import type { Bench, Press } from "./tool";

/** Dragging the handles of the one selected region; the other tools hand it the presses that begin on one. */
export class Adjust {
  private grip: Grip | null = null;
  /** From where it was taken hold of to what is held. */
  private offset = { x: 0, y: 0 };
  private shown: Region | null = null;

  /** `drawing`: a box's handles lie within it, so that the next can begin on its corners and edges; with Alt, anywhere. */
  constructor(private readonly bench: Bench, private readonly drawing = false) {}

  get active(): boolean {
    return this.grip !== null;
  }

  gripAt(press: Press): Grip | null {
    const region = adjustable(this.bench);
    if (region === null || this.bench.read().fixed?.has(region.id) === true || (this.bench.read().locked && !isDrawn(this.bench, region))) return null;
    if (!this.drawing) return gripAt(region, press.at, press.reach, this.bench.size);
    const held = !press.alt && onInnerHandle(region, press.at, press.reach);
    return held ? gripAt(region, press.at, GRASP * press.reach, this.bench.size) : null;
  }

  /** Takes hold of a handle; false when there is none here. */
  press(press: Press): boolean {
    this.grip = this.gripAt(press);
    if (this.grip !== null) this.offset = { x: this.grip.at.x - press.at.x, y: this.grip.at.y - press.at.y };
    return this.grip !== null;
  }

  drag(press: Press): void {
    const at: ImagePoint = { x: press.at.x + this.offset.x, y: press.at.y + this.offset.y };
    this.shown = this.grip?.to(at) ?? null;
    if (this.shown !== null) this.bench.ghosts([this.shown]);
  }

  release(): void {
    const region = this.shown;
    this.cancel();
    if (region !== null) reshape(this.bench, region);
  }

  cancel(): boolean {
    const active = this.active;
    this.grip = this.shown = null;
    this.bench.ghosts([]);
    return active;
  }
}

/** Whether the region was the last to be drawn, which stays adjustable where the others are locked. */
function isDrawn(bench: Bench, region: Region): boolean {
  return bench.read().document.marks.at(-1)?.id === region.id;
}
