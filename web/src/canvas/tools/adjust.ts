import { distance } from "../geometry";
import { handlesOf } from "../handles";
import type { Region } from "../regions";
import { adjustable, reshape } from "./drawn";
import { gripAt, type Grip } from "./grips";
import type { Bench, Press } from "./tool";

/** Dragging the handles of the one selected region; the other tools hand it the presses that begin on one. */
export class Adjust {
  private grip: Grip | null = null;
  private shown: Region | null = null;

  /** `corners`: only a box's eight handles, so that a new box can begin anywhere else on the edge of the last. */
  constructor(private readonly bench: Bench, private readonly corners = false) {}

  get active(): boolean {
    return this.grip !== null;
  }

  gripAt(press: Press): Grip | null {
    const region = adjustable(this.bench);
    if (region === null || (this.bench.read().locked && !isDrawn(this.bench, region))) return null;
    const far = this.corners && handlesOf(region).every((handle) => distance(handle, press.at) > press.reach);
    return far ? null : gripAt(region, press.at, press.reach, this.bench.size);
  }

  /** Takes hold of a handle; false when there is none here. */
  press(press: Press): boolean {
    this.grip = this.gripAt(press);
    return this.grip !== null;
  }

  drag(press: Press): void {
    this.shown = this.grip?.to(press.at) ?? null;
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
