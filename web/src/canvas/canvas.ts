import "./canvas.css";
import type { ChangeSet } from "./document";
import { unionOf } from "./geometry";
import { isRoomy } from "./handles";
import { MarkerLayer } from "./markerLayer";
import { MaskLayer } from "./maskLayer";
import type { CanvasOwner, CanvasState, ToolName } from "./owner";
import { Overlay } from "./overlay";
import { Pointers } from "./pointers";
import type { ImagePoint, ScreenPoint, Size } from "./points";
import { RegionLayer } from "./regionLayer";
import { boundsOf, type Region } from "./regions";
import type { Sketch } from "./sketch";
import { set, svg } from "./svg";
import { BoxTool } from "./tools/box";
import { BrushTool } from "./tools/brush";
import { adjustable } from "./tools/drawn";
import { ExtremeTool } from "./tools/extreme";
import { PolygonTool } from "./tools/polygon";
import { SelectTool } from "./tools/select";
import { TemplateTool } from "./tools/template";
import type { Bench, Press, Tool } from "./tools/tool";
import { WindowTool } from "./tools/window";
import { centered, fitted, panned, toImage, zoomed, type View } from "./view";

/** An image to draw on: any element that shows it, and its size upright. */
export interface Picture {
  readonly element: HTMLElement;
  readonly size: Size;
}

const REACH_MOUSE = 7;
const REACH_TOUCH = 22;
const DOUBLE_MS = 350;
const DOUBLE_PX = 6;
/** From so many screen pixels to an image pixel on, pixels are shown as squares. */
const SQUARES_FROM = 3;
/** More regions than this are not painted anew in every frame that moves the image. */
const CARRIED_FROM = 100;
/** The tools that can take hold of a handle. */
const RESHAPES: ReadonlySet<ToolName> = new Set(["select", "points"]);
/** The same, of the box just drawn, unless the next begins there. */
const DRAWS_BOXES: ReadonlySet<ToolName> = new Set(["box", "extreme", "template"]);

/**
 * An image with regions on it, and the tools that draw them. It keeps no regions itself: it shows what its owner
 * has, and hands the owner a change set for everything that somebody does.
 */
export class RegionCanvas implements Bench {
  readonly masks: MaskLayer;
  private readonly picture = document.createElement("div");
  private readonly outlines: Overlay;
  private readonly above = svg("svg", { class: "canvas-overlay", "aria-hidden": "true" });
  private readonly regions: RegionLayer;
  private readonly markers: MarkerLayer;
  private readonly pointers: Pointers;
  private readonly tools: Record<ToolName, Tool>;
  private readonly resizes = new ResizeObserver(() => this.resized());
  private image: Picture = { element: document.createElement("span"), size: { width: 1, height: 1 } };
  private port: Size = { width: 1, height: 1 };
  private view: View = { scale: 1, x: 0, y: 0 };
  private fits = true;
  private ghosting: readonly Region[] = [];
  private sketched: Sketch | null = null;
  private hovered: string | null = null;
  private frame = 0;
  private reachPx = REACH_MOUSE;
  private lastTool: ToolName | null = null;
  private lastPress: { at: number; screen: ScreenPoint } | null = null;

  constructor(private readonly host: HTMLElement, private readonly owner: CanvasOwner) {
    this.masks = new MaskLayer(owner);
    this.regions = new RegionLayer(owner);
    this.markers = new MarkerLayer(owner);
    this.tools = toolsFor(this);
    host.classList.add("canvas");
    this.picture.className = "canvas-picture";
    this.outlines = new Overlay(this.regions.element);
    this.above.append(this.markers.element);
    host.replaceChildren(this.picture, this.outlines.element, this.above);
    this.pointers = new Pointers(host, this.pointerTargets());
    this.resizes.observe(host);
  }

  destroy(): void {
    this.pointers.destroy();
    this.resizes.disconnect();
    this.outlines.destroy();
    this.masks.destroy();
    cancelAnimationFrame(this.frame);
    this.host.replaceChildren();
  }

  /** Puts an image under the regions, as large as it fits. */
  show(image: Picture): void {
    this.cancel();
    this.image = image;
    const { width, height } = image.size;
    Object.assign(image.element.style, { width: `${width}px`, height: `${height}px` });
    this.masks.resize(image.size);
    this.picture.replaceChildren(image.element, this.masks.element);
    this.hovered = null;
    this.resized();
    this.fit();
    this.refresh();
  }

  /** Shows the owner's state again, in the next frame. */
  refresh(): void {
    this.frame ||= requestAnimationFrame(() => this.render());
  }

  get size(): Size {
    return this.image.size;
  }

  /** The middle of what is on screen, for those who draw by keyboard. */
  get middle(): ImagePoint {
    return toImage(this.view, { x: this.port.width / 2, y: this.port.height / 2 });
  }

  fit(): void {
    this.fits = true;
    this.see(fitted(this.image.size, this.port));
  }

  /** Larger or smaller about the middle. */
  zoom(factor: number): void {
    this.zoomAt({ x: this.port.width / 2, y: this.port.height / 2 }, factor);
  }

  /** One image pixel to one screen pixel. */
  actualSize(): void {
    this.zoom(1 / this.view.scale);
  }

  /** The regions as large as they fit; the whole image, where there are none. */
  zoomTo(regions: readonly Region[]): void {
    if (regions.length === 0) return this.fit();
    const around = unionOf(regions.map(boundsOf));
    const { scale } = fitted(around, this.port, Math.min(this.port.width, this.port.height) / 6);
    this.fits = false;
    this.see(centered({ ...this.view, scale }, { x: around.x + around.width / 2, y: around.y + around.height / 2 }, this.image.size, this.port));
  }

  /** How much of their colour regions have inside: 1 as usual, 0 none. */
  fill(share: number): void {
    this.host.style.setProperty("--fill", String(share));
  }

  /** Brings a region into sight. */
  reveal(region: Region): void {
    const { x, y, width, height } = boundsOf(region);
    const corners = [{ x, y }, { x: x + width, y: y + height }];
    const out = corners.map((corner) => ({ x: corner.x * this.view.scale + this.view.x, y: corner.y * this.view.scale + this.view.y }));
    const seen = out.every((at) => at.x >= 0 && at.y >= 0 && at.x <= this.port.width && at.y <= this.port.height);
    if (!seen) this.see(centered(this.view, { x: x + width / 2, y: y + height / 2 }, this.image.size, this.port));
  }

  /** Another element in the place of the one that shows the image, of the same size. */
  replace(element: HTMLElement): void {
    const { style } = this.image.element;
    Object.assign(element.style, { width: style.width, height: style.height, filter: style.filter });
    this.picture.replaceChild(element, this.image.element);
    this.image = { ...this.image, element };
  }

  /** Brightness and contrast, 1 being the image's own. */
  look(brightness: number, contrast: number): void {
    this.image.element.style.filter = brightness === 1 && contrast === 1 ? "" : `brightness(${brightness}) contrast(${contrast})`;
  }

  finish(): boolean {
    return this.tool().finish();
  }

  cancel(): boolean {
    return this.tool().cancel();
  }

  back(): boolean {
    return this.tool().back();
  }

  // What the tools ask of their bench.

  read(): CanvasState {
    return this.owner.read();
  }

  colorOf(label: string): string {
    return this.owner.colorOf(label);
  }

  nameOf(label: string): string {
    return this.owner.nameOf(label);
  }

  commit(changes: ChangeSet<Region>): void {
    if (changes.changes.length > 0) this.owner.commit(changes);
  }

  select(ids: readonly string[], drawn: boolean): void {
    this.owner.select(ids, drawn);
  }

  say(text: string): void {
    this.owner.say(text);
  }

  adjusted(dx: number, dy: number): void {
    this.owner.adjusted?.(dx, dy);
  }

  sketch(sketch: Sketch | null): void {
    this.sketched = sketch;
    this.refresh();
  }

  ghosts(regions: readonly Region[]): void {
    this.ghosting = regions;
    this.refresh();
  }

  hover(id: string | null): void {
    if (id === this.hovered) return;
    this.hovered = id;
    this.refresh();
  }

  pan(dx: number, dy: number): void {
    this.fits = false;
    this.see(panned(this.view, dx, dy, this.image.size, this.port), true);
  }

  /** The owner's tool; what another one had begun is void. */
  private tool(): Tool {
    const { tool } = this.owner.read();
    if (tool !== this.lastTool) {
      if (this.lastTool !== null) this.tools[this.lastTool].cancel();
      this.lastTool = tool;
      this.hovered = null;
    }
    return this.tools[tool];
  }

  private pointerTargets(): ConstructorParameters<typeof Pointers>[1] {
    return {
      hover: (event) => this.pointed(event, (press) => this.tool().hover(press)),
      press: (event) => this.pointed(event, (press) => this.tool().press(press), true),
      drag: (event) => this.pointed(event, (press) => this.tool().drag(press)),
      release: (event) => this.pointed(event, (press) => this.tool().release(press)),
      leave: () => {
        this.hover(null);
        if (this.sketched?.is === "cross" || this.sketched?.is === "brush") this.sketch(null);
      },
      abandon: () => void this.cancel(),
      pan: (dx, dy) => this.pan(dx, dy),
      zoom: (at, factor) => this.zoomAt(at, factor, true),
    };
  }

  private pointed(event: PointerEvent, act: (press: Press) => void, begins = false): void {
    const screen = this.pointers.placeOf(event);
    this.reachPx = event.pointerType === "touch" ? REACH_TOUCH : REACH_MOUSE;
    const reach = this.reachPx / this.view.scale;
    const double = begins && this.isSecond(screen, event.timeStamp);
    const press = { at: toImage(this.view, screen), screen, reach, shift: event.shiftKey, alt: event.altKey, double };
    act(press);
    this.host.style.cursor = this.pointers.space ? "" : this.tool().cursor(press);
  }

  /** Pointer events do not count clicks, so a second press at the same place and soon is a double one. */
  private isSecond(screen: ScreenPoint, at: number): boolean {
    const last = this.lastPress;
    const near = last !== null && Math.hypot(screen.x - last.screen.x, screen.y - last.screen.y) <= DOUBLE_PX;
    const second = near && at - last.at <= DOUBLE_MS;
    this.lastPress = second ? null : { at, screen };
    return second;
  }

  private zoomAt(at: ScreenPoint, factor: number, moving = false): void {
    this.fits = false;
    this.see(zoomed(this.view, at, factor, this.image.size, this.port), moving);
  }

  private resized(): void {
    this.port = { width: this.host.clientWidth, height: this.host.clientHeight };
    this.outlines.resize(this.port);
    set(this.above, { ...this.port });
    if (this.fits) this.fit();
    else this.see(panned(this.view, 0, 0, this.image.size, this.port));
  }

  /** `moving`: more views follow at once, as a hand drags or turns a wheel. */
  private see(view: View, moving = false): void {
    this.view = view;
    const { scale, x, y } = view;
    this.picture.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    this.picture.classList.toggle("squares", scale >= SQUARES_FROM);
    this.outlines.place(view, moving && this.owner.read().document.marks.length > CARRIED_FROM);
    this.owner.zoomed?.(scale);
    this.refresh();
  }

  private render(): void {
    this.frame = 0;
    this.tool();
    const state = this.owner.read();
    const ghosts = this.ghosting;
    const moving = new Map(ghosts.map((ghost) => [ghost.id, ghost]));
    const inner = DRAWS_BOXES.has(state.tool);
    const chosen = inner || RESHAPES.has(state.tool) ? adjustable(this) : null;
    const handy = chosen !== null && (!inner || isRoomy(chosen, this.reachPx / this.view.scale)) ? chosen : null;
    this.masks.show(state);
    this.regions.show(state, new Set(moving.keys()), this.hovered);
    this.markers.show({
      view: this.view,
      port: this.port,
      adjustable: handy === null ? null : (moving.get(handy.id) ?? handy),
      inner,
      named: this.named(state).map((region) => moving.get(region.id) ?? region),
      ghosts,
      sketch: this.sketched,
      label: state.label,
    });
  }

  /** The regions that show their names: those at hand last, where they have room before the others. */
  private named({ document, hidden, selected, names }: CanvasState): Region[] {
    const shown = document.marks.filter(({ id }) => !hidden.has(id));
    const atHand = ({ id }: Region) => selected.has(id) || id === this.hovered;
    return [...(names ? shown.filter((region) => !atHand(region)) : []), ...shown.filter(atHand)];
  }
}

function toolsFor(bench: Bench): Record<ToolName, Tool> {
  return {
    select: new SelectTool(bench),
    points: new SelectTool(bench, true),
    box: new BoxTool(bench),
    extreme: new ExtremeTool(bench),
    template: new TemplateTool(bench),
    polygon: new PolygonTool(bench, "polygon"),
    part: new PolygonTool(bench, "part"),
    hole: new PolygonTool(bench, "hole"),
    brush: new BrushTool(bench, 1),
    eraser: new BrushTool(bench, 0),
    window: new WindowTool(bench),
  };
}
