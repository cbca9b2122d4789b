import type { CanvasOwner } from "../owner";
import type { ImagePoint, ScreenPoint, Size } from "../points";
import type { Region } from "../regions";
import type { Sketch } from "../sketch";
import type { MaskSurface } from "../stroke";

/** A pointer at a place. `at` may lie outside of the image. */
export interface Press {
  readonly at: ImagePoint;
  readonly screen: ScreenPoint;
  /** How near counts as there, in image pixels: more for fingers than for a mouse. */
  readonly reach: number;
  readonly shift: boolean;
  readonly alt: boolean;
  /** The second press of a double click. */
  readonly double: boolean;
}

/** What a tool works with: the owner's document, and the layers that show what is being done. */
export interface Bench extends CanvasOwner {
  readonly size: Size;
  readonly masks: MaskSurface;
  sketch(sketch: Sketch | null): void;
  /** Regions shown in another shape than the document has them. */
  ghosts(regions: readonly Region[]): void;
  hover(id: string | null): void;
  pan(dx: number, dy: number): void;
}

/** How a pointer becomes regions. One press at a time; what is begun can be finished or cancelled by key. */
export interface Tool {
  /** The cursor at a place, as CSS names it. */
  cursor(press: Press): string;
  /** The pointer moves with nothing pressed. */
  hover(press: Press): void;
  press(press: Press): void;
  drag(press: Press): void;
  release(press: Press): void;
  /** Ends what is begun, as Enter does. False when nothing was. */
  finish(): boolean;
  /** Forgets what is begun, as Esc does. False when nothing was. */
  cancel(): boolean;
  /** Takes the last point back. False when there is none. */
  back(): boolean;
}

/** Screen pixels that a pointer may move while it still counts as a click. */
export const CLICK = 4;
