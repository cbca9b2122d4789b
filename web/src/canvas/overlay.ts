import type { Size } from "./points";
import { set, svg } from "./svg";
import type { View } from "./view";

/** So long after the last move, in milliseconds, what was carried along is painted anew. */
const REST = 120;
/** And so often in a long move, for what comes into sight. */
const REPAINT = 400;

/**
 * The surface that outlines lie on. Painting many of them takes longer than a frame; so while the view moves they go
 * with it as a picture of themselves, and are painted sharp when it rests.
 */
export class Overlay {
  readonly element = svg("svg", { class: "canvas-overlay", "aria-hidden": "true" });
  private readonly space = svg("g");
  private painted: View = { scale: 1, x: 0, y: 0 };
  private since = 0;
  private rest: ReturnType<typeof setTimeout> | undefined;

  constructor(content: SVGElement) {
    this.space.append(content);
    this.element.append(this.space);
  }

  destroy(): void {
    clearTimeout(this.rest);
  }

  resize({ width, height }: Size): void {
    set(this.element, { width, height });
  }

  /** Puts the outlines where the view has the image; `carried`, as they were painted last. */
  place(view: View, carried: boolean): void {
    if (!carried) return this.paint(view);
    const now = performance.now();
    if (this.rest === undefined) this.since = now;
    else if (now - this.since > REPAINT) {
      this.paint(view);
      this.since = now;
    }
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.paint(view), REST);
    const scale = view.scale / this.painted.scale;
    this.element.style.transform = `translate(${view.x - this.painted.x * scale}px, ${view.y - this.painted.y * scale}px) scale(${scale})`;
  }

  private paint(view: View): void {
    clearTimeout(this.rest);
    this.rest = undefined;
    this.painted = view;
    this.element.style.transform = "";
    set(this.space, { transform: `translate(${view.x} ${view.y}) scale(${view.scale})` });
  }
}
