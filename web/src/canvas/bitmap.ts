import { edgesOf } from "./geometry";
import type { Bounds, ImagePoint, Ring } from "./points";

/** Pixels that are in (1) or out (0), column after column: pixel x, y is `data[x * height + y]`. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** Pixels `from` up to, not including, `to` of one column. */
export interface Strip {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

export function blank(width: number, height: number): Bitmap {
  return { width, height, data: new Uint8Array(width * height) };
}

/** Sets every pixel of the strips. */
export function fill(bitmap: Bitmap, strips: readonly Strip[], value: 0 | 1): void {
  for (const { x, from, to } of strips) bitmap.data.fill(value, x * bitmap.height + from, x * bitmap.height + to);
}

/** Whether any pixel of the strips is in. */
export function touches({ data, height }: Bitmap, strips: readonly Strip[]): boolean {
  return strips.some(({ x, from, to }) => data.subarray(x * height + from, x * height + to).includes(1));
}

/** Puts every pixel of `other` into the bitmap, which must be as large. */
export function unite(bitmap: Bitmap, other: Bitmap): void {
  const { data } = bitmap;
  for (let at = other.data.indexOf(1); at !== -1; at = other.data.indexOf(1, at + 1)) data[at] = 1;
}

export function boundsOfStrips(strips: readonly Strip[]): Bounds {
  if (strips.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  let [left, right, top, bottom] = [Infinity, 0, Infinity, 0];
  for (const { x, from, to } of strips) {
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, from);
    bottom = Math.max(bottom, to);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The pixels whose middles lie between two heights of a column, inside the image. */
function strip(x: number, low: number, high: number, height: number): Strip | null {
  const from = Math.max(0, Math.ceil(low - 0.5));
  const to = Math.min(height, Math.floor(high - 0.5) + 1);
  return to > from ? { x, from, to } : null;
}

/** What a round brush covers on its way from one point to another: the pixels whose middles it passes over. */
export function brushed({ width, height }: Bitmap, a: ImagePoint, b: ImagePoint, radius: number): Strip[] {
  const first = Math.max(0, Math.floor(Math.min(a.x, b.x) - radius));
  const last = Math.min(width - 1, Math.ceil(Math.max(a.x, b.x) + radius));
  const strips: Strip[] = [];
  for (let x = first; x <= last; x++) {
    const [low, high] = reach(x + 0.5, a, b, radius);
    const covered = strip(x, low, high, height);
    if (covered !== null) strips.push(covered);
  }
  return strips;
}

/** Where the upright line at `x` enters and leaves two discs and the band between them: together they are convex. */
function reach(x: number, a: ImagePoint, b: ImagePoint, radius: number): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  const take = (y: number) => {
    low = Math.min(low, y);
    high = Math.max(high, y);
  };
  for (const center of [a, b]) {
    const half = Math.sqrt(radius * radius - (x - center.x) ** 2);
    if (!Number.isNaN(half)) [center.y - half, center.y + half].forEach(take);
  }
  for (const edge of band(a, b, radius)) {
    const y = heightAt(edge, x);
    if (y !== null) take(y);
  }
  return [low, high];
}

function band(a: ImagePoint, b: ImagePoint, radius: number): [ImagePoint, ImagePoint][] {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0) return [];
  const [nx, ny] = [((a.y - b.y) / length) * radius, ((b.x - a.x) / length) * radius];
  return [
    [{ x: a.x + nx, y: a.y + ny }, { x: b.x + nx, y: b.y + ny }],
    [{ x: a.x - nx, y: a.y - ny }, { x: b.x - nx, y: b.y - ny }],
  ];
}

function heightAt([a, b]: [ImagePoint, ImagePoint], x: number): number | null {
  if (a.x > x === b.x > x) return null;
  return a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y);
}

/** The pixels whose middles lie inside an odd number of rings. */
export function filled({ width, height }: Bitmap, rings: readonly Ring[]): Strip[] {
  const edges = rings.flatMap(edgesOf);
  const xs = rings.flat().map(({ x }) => x);
  const first = Math.max(0, Math.floor(Math.min(...xs)));
  const last = Math.min(width - 1, Math.ceil(Math.max(...xs)));
  const strips: Strip[] = [];
  for (let x = first; x <= last; x++) {
    const heights = edges.map((edge) => heightAt(edge, x + 0.5)).filter((y) => y !== null).sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < heights.length; pair += 2) {
      const covered = strip(x, heights[pair] ?? 0, heights[pair + 1] ?? 0, height);
      if (covered !== null) strips.push(covered);
    }
  }
  return strips;
}
