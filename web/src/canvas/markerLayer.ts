import { handlesOf } from "./handles";
import { boundsOf, type Region } from "./regions";
import { boxPath, linePath, outline } from "./outline";
import { nameOf, readable, type Name } from "./names";
import type { CanvasOwner } from "./owner";
import type { Size } from "./points";
import type { Sketch } from "./sketch";
import { svg } from "./svg";
import { toScreen, type View } from "./view";

const HANDLE = 8;
const INSET = 6;
/** A box whose sides are shorter on the screen shows its corners only. */
const CROWDED = 44;

export interface Markers {
  readonly view: View;
  readonly port: Size;
  readonly adjustable: Region | null;
  /** Its handles lie within it, where they take no corner from the next box. */
  readonly inner: boolean;
  readonly named: readonly Region[];
  readonly ghosts: readonly Region[];
  readonly sketch: Sketch | null;
  readonly label: string | null;
}

/**
 * What changes while a pointer moves, on a surface of its own so that the regions below are not painted again:
 * handles, names, what is being dragged, and what a tool is about to make.
 */
export class MarkerLayer {
  readonly element = svg("g", { class: "canvas-markers" });

  constructor(private readonly owner: CanvasOwner) {}

  /** `adjustable` shows its handles, `named` their labels; `ghosts` are regions on the move. */
  show({ view, port, adjustable, inner, named, ghosts, sketch, label }: Markers): void {
    const handles = adjustable === null ? [] : handlesOn(view, adjustable, inner);
    const names = readable(named.map((region) => nameOf(region, this.owner.nameOf(region.label, region.suggested), view)), port);
    const sketched = sketch === null ? [] : sketchOf(sketch, view, port);
    this.element.style.setProperty("--region", label === null ? "#fff" : this.owner.colorOf(label));
    this.element.replaceChildren(...ghosts.map((ghost) => this.ghost(view, ghost)), ...names.map((name) => this.name(name)), ...handles, ...sketched);
  }

  private ghost({ scale, x, y }: View, region: Region): SVGElement {
    const group = svg("g", { class: "canvas-region selected", transform: `translate(${x} ${y}) scale(${scale})` });
    group.style.setProperty("--region", this.owner.colorOf(region.label));
    group.append(...twice(outline(region)));
    return group;
  }

  private name({ region, text, x, y }: Name): SVGElement {
    const group = svg("g", { class: "canvas-name", transform: `translate(${x} ${y})` });
    group.style.setProperty("--region", this.owner.colorOf(region.label));
    const written = svg("text", { x: 13, y: -4 });
    written.textContent = text;
    group.append(svg("circle", { cx: 5, cy: -8, r: 4 }), written);
    return group;
  }
}

function handlesOn(view: View, region: Region, inner: boolean): SVGElement[] {
  const { x, y, width, height } = boundsOf(region);
  const middle = toScreen(view, { x: x + width / 2, y: y + height / 2 });
  const inwards = (at: number, to: number) => at + (inner ? INSET * Math.sign(Math.round(to - at)) : 0);
  return handlesOf(region, CROWDED / view.scale).map((point) => {
    const at = toScreen(view, point);
    return handle({ x: inwards(at.x, middle.x), y: inwards(at.y, middle.y) }, region.shape);
  });
}

function handle({ x, y }: { x: number; y: number }, shape: Region["shape"]): SVGElement {
  const round = shape === "polygon" ? HANDLE / 2 : 1;
  return svg("rect", { class: "canvas-handle", x: x - HANDLE / 2, y: y - HANDLE / 2, width: HANDLE, height: HANDLE, rx: round });
}

function twice(d: string, kind = ""): SVGElement[] {
  return [svg("path", { class: `canvas-halo ${kind}`, d }), svg("path", { class: `canvas-line ${kind}`, d })];
}

function sketchOf(sketch: Sketch, view: View, port: Size): SVGElement[] {
  switch (sketch.is) {
    case "box": {
      const { x, y } = toScreen(view, sketch.bounds);
      return twice(boxPath({ x, y, width: sketch.bounds.width * view.scale, height: sketch.bounds.height * view.scale }));
    }
    case "line": {
      const points = sketch.points.map((point) => toScreen(view, point));
      const snap = sketch.snapped == null ? [] : [circle(toScreen(view, sketch.snapped), 7, "canvas-snap")];
      return [...twice(linePath(points)), ...points.slice(0, -1).map((point) => handle(point, "polygon")), ...snap];
    }
    case "brush": {
      const at = toScreen(view, sketch.at);
      return [circle(at, sketch.radius * view.scale, "canvas-halo"), circle(at, sketch.radius * view.scale, "canvas-line")];
    }
    case "cross": {
      const { x, y } = toScreen(view, sketch.at);
      return twice(`M0 ${y}H${port.width}M${x} 0V${port.height}`, "thin");
    }
  }
}

function circle({ x, y }: { x: number; y: number }, radius: number, kind: string): SVGElement {
  return svg("circle", { class: kind, cx: x, cy: y, r: Math.max(1, radius) });
}
