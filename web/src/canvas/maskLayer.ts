import type { Bitmap } from "./bitmap";
import { Bitmaps } from "./bitmaps";
import { unionOf } from "./geometry";
import type { CanvasOwner } from "./owner";
import type { Bounds, Size } from "./points";
import type { MaskRegion } from "./regions";
import { boundsOfRle, type Rle } from "./rle";
import type { MaskSurface, Painted } from "./stroke";
import { isUnsure } from "./suggestion";

interface Plane {
  readonly bitmap: Bitmap;
  readonly color: number;
  /** Painted in stripes. */
  readonly unsure: boolean;
}

interface Shown {
  readonly rle: Rle;
  readonly label: string;
  readonly unsure: boolean;
}

/** More pixels than this are shown at half the size, a third, and so on; what is kept stays whole. */
const MOST_PIXELS = 24e6;
/** Milliseconds after an image is shown. */
const WARM = 150;
const OPACITY = 0xa6;
/** So many stripes lie along the shorter side of an image. */
const STRIPES = 40;

/** The masks as painted pixels, of which only those that changed are painted again. */
export class MaskLayer implements MaskSurface {
  readonly element = document.createElement("canvas");
  readonly bitmaps = new Bitmaps();
  private readonly shown = new Map<string, Shown>();
  private readonly colors = new Map<string, number>();
  /** Bitmaps that a stroke is changing, by region. */
  private live: ReadonlyMap<string, { bitmap: Bitmap; label: string }> = new Map();
  private step = 1;
  /** Whether there is anything on it. */
  private used = false;
  private warming: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly owner: CanvasOwner) {
    this.element.className = "canvas-masks";
  }

  resize(size: Size): void {
    this.step = Math.ceil(Math.sqrt((size.width * size.height) / MOST_PIXELS));
    const [width, height] = [Math.ceil(size.width / this.step), Math.ceil(size.height / this.step)];
    if (width !== this.element.width || height !== this.element.height) {
      Object.assign(this.element, { width, height });
      Object.assign(this.element.style, { width: `${width * this.step}px`, height: `${height * this.step}px` });
    } else if (this.used) this.element.getContext("2d")?.clearRect(0, 0, width, height);
    this.used = false;
    this.shown.clear();
    this.warm();
  }

  destroy(): void {
    clearTimeout(this.warming);
  }

  /** A large canvas takes long to come to be: so it does once the image is on screen, not with the first stroke. */
  private warm(): void {
    clearTimeout(this.warming);
    if (this.owner.read().draws !== "mask") return;
    this.warming = setTimeout(() => {
      if (!this.used) this.element.getContext("2d")?.putImageData(new ImageData(1, 1), 0, 0);
    }, WARM);
  }

  show(state: Painted): void {
    const wanted = new Map(visibleMasks(state).map((mask) => [mask.id, shownOf(mask)]));
    const gone = [...this.shown].filter(([id, shown]) => !looksLike(shown, wanted.get(id)));
    const come = [...wanted].filter(([id, mask]) => !looksLike(mask, this.shown.get(id)));
    if (gone.length === 0 && come.length === 0) return;
    for (const [id] of gone) this.shown.delete(id);
    for (const [id, mask] of come) this.shown.set(id, mask);
    this.paint(state, unionOf([...gone.map(([, { rle }]) => rle), ...come.map(([, { rle }]) => rle)].map(boundsOfRle)));
  }

  adopt(masks: readonly MaskRegion[], gone: Iterable<string>): void {
    for (const id of gone) this.shown.delete(id);
    for (const mask of masks) this.shown.set(mask.id, shownOf(mask));
  }

  during(live: ReadonlyMap<string, { bitmap: Bitmap; label: string }>): void {
    this.live = live;
  }

  paint(state: Painted, part: Bounds): void {
    const context = this.element.getContext("2d");
    const { step } = this;
    const [left, top] = [Math.max(0, Math.floor(part.x / step)), Math.max(0, Math.floor(part.y / step))];
    const width = Math.min(this.element.width, Math.ceil((part.x + part.width) / step)) - left;
    const height = Math.min(this.element.height, Math.ceil((part.y + part.height) / step)) - top;
    if (context === null || width <= 0 || height <= 0) return;
    this.used = true;
    const image = context.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const stripe = Math.max(1, Math.round(Math.min(this.element.width, this.element.height) / STRIPES / 2));
    for (const plane of this.planes(state)) color(pixels, { width, height, left, top, step, stripe }, plane);
    context.putImageData(image, left, top);
  }

  private planes(state: Painted): Plane[] {
    const known = new Set(state.document.marks.map(({ id }) => id));
    const born = [...this.live].filter(([id]) => !known.has(id)).map(([, { bitmap, label }]) => this.plane(bitmap, label, false));
    const kept = visibleMasks(state).map((mask) => {
      const live = this.live.get(mask.id);
      return live === undefined ? this.plane(this.bitmaps.of(mask.rle), mask.label, isUnsure(mask)) : this.plane(live.bitmap, live.label, false);
    });
    return [...kept, ...born];
  }

  private plane(bitmap: Bitmap, label: string, unsure: boolean): Plane {
    return { bitmap, color: this.pixel(label), unsure };
  }

  /** A label's colour as the four bytes of a pixel. */
  private pixel(label: string): number {
    const known = this.colors.get(label);
    if (known !== undefined) return known;
    const [red = 0, green = 0, blue = 0] = (/^#(..)(..)(..)/.exec(this.owner.colorOf(label)) ?? []).slice(1).map((hex) => parseInt(hex, 16));
    const [pixel = 0] = new Uint32Array(new Uint8Array([red, green, blue, OPACITY]).buffer);
    this.colors.set(label, pixel);
    return pixel;
  }
}

function visibleMasks({ document, hidden }: Painted): readonly MaskRegion[] {
  return document.marks.filter((region): region is MaskRegion => region.shape === "mask" && !hidden.has(region.id));
}

const shownOf = (mask: MaskRegion): Shown => ({ rle: mask.rle, label: mask.label, unsure: isUnsure(mask) });
const looksLike = (one: Shown, other: Shown | undefined) => one.rle === other?.rle && one.label === other.label && one.unsure === other.unsure;

/** A part of the layer, in its own pixels: each is `step` image pixels wide. */
interface Part extends Size {
  readonly left: number;
  readonly top: number;
  readonly step: number;
  readonly stripe: number;
}

function color(pixels: Uint32Array, { width, height, left, top, step, stripe }: Part, { bitmap, color, unsure }: Plane): void {
  for (let x = 0; x < width; x++) {
    const column = (left + x) * step * bitmap.height;
    for (let y = 0; y < height; y++) {
      const bare = unsure && Math.floor((left + x + top + y) / stripe) % 2 === 1;
      if (!bare && bitmap.data[column + (top + y) * step] === 1) pixels[y * width + x] = color;
    }
  }
}
