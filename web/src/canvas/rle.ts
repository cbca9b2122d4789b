import type { Bitmap, Strip } from "./bitmap";
import type { Bounds, Size } from "./points";

/**
 * COCO's compressed run-length encoding, as pycocotools' `maskApi.c` describes it: runs go down the columns,
 * beginning with a run of pixels outside the mask, and from the fourth on each is written as its difference
 * from the run two before it, in groups of five bits.
 */
export interface Rle {
  /** Height, then width. */
  readonly size: readonly [height: number, width: number];
  readonly counts: string;
}

const FIRST = 48;
const BITS = 0x1f;
const MORE = 0x20;
const SIGN = 0x10;

export function encode(bitmap: Bitmap): Rle {
  return { size: [bitmap.height, bitmap.width], counts: written(runsOf(bitmap)) };
}

/** The bitmap of an encoding. Throws a RangeError where the runs do not cover the size exactly. */
export function decode({ size: [height, width], counts }: Rle): Bitmap {
  const bitmap = { width, height, data: new Uint8Array(width * height) };
  let at = 0;
  for (const [index, run] of read(counts).entries()) {
    if (run < 0 || at + run > bitmap.data.length) throw new RangeError("The runs of the mask do not fit its size.");
    if (index % 2 === 1) bitmap.data.fill(1, at, at + run);
    at += run;
  }
  if (at !== bitmap.data.length) throw new RangeError("The runs of the mask do not fit its size.");
  return bitmap;
}

/** Whether the encoding covers an image of this size exactly. */
export function isSound({ size, counts }: Rle, { width, height }: Size): boolean {
  const runs = read(counts);
  const total = runs.reduce((sum, run) => sum + run, 0);
  return size[0] === height && size[1] === width && total === width * height && runs.every((run) => run >= 0);
}

export function areaOfRle(rle: Rle): number {
  return read(rle.counts).reduce((sum, run, index) => sum + (index % 2 === 1 ? run : 0), 0);
}

/** The mask's pixels, column by column. */
export function stripsOf({ size: [height], counts }: Rle): Strip[] {
  const strips: Strip[] = [];
  let at = 0;
  for (const [index, run] of read(counts).entries()) {
    const end = at + run;
    while (at < end) {
      const [x, from] = [Math.floor(at / height), at % height];
      const to = Math.min(height, from + end - at);
      if (index % 2 === 1) strips.push({ x, from, to });
      at += to - from;
    }
  }
  return strips;
}

/** The bounds of the mask's pixels; all zero when there are none. */
export function boundsOfRle({ size: [height], counts }: Rle): Bounds {
  let [left, right, top, bottom, at] = [Infinity, -1, Infinity, -1, 0];
  for (const [index, run] of read(counts).entries()) {
    if (index % 2 === 1 && run > 0) {
      const last = at + run - 1;
      const [first, end] = [Math.floor(at / height), Math.floor(last / height)];
      left = Math.min(left, first);
      right = Math.max(right, end);
      top = Math.min(top, first === end ? at % height : 0);
      bottom = Math.max(bottom, first === end ? last % height : height - 1);
    }
    at += run;
  }
  return right < 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Whether one pixel is in the mask. */
export function pixelAt({ size: [height, width], counts }: Rle, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= width || y >= height) return false;
  let left = x * height + y;
  for (const [index, run] of read(counts).entries()) {
    if (left < run) return index % 2 === 1;
    left -= run;
  }
  return false;
}

function runsOf({ data }: Bitmap): number[] {
  const runs: number[] = [];
  for (let at = 0, value = 0; at < data.length; value = 1 - value) {
    const end = data.indexOf(1 - value, at);
    const stop = end === -1 ? data.length : end;
    runs.push(stop - at);
    at = stop;
  }
  return runs;
}

function written(runs: readonly number[]): string {
  const letters: string[] = [];
  for (const [index, run] of runs.entries()) {
    let rest = index > 2 ? run - (runs[index - 2] ?? 0) : run;
    for (let more = true; more; ) {
      const bits = rest & BITS;
      rest >>= 5;
      more = (bits & SIGN) === 0 ? rest !== 0 : rest !== -1;
      letters.push(String.fromCharCode(FIRST + (more ? bits | MORE : bits)));
    }
  }
  return letters.join("");
}

function read(counts: string): number[] {
  const runs: number[] = [];
  let [number, shift] = [0, 0];
  for (let at = 0; at < counts.length; at++) {
    const bits = counts.charCodeAt(at) - FIRST;
    number |= (bits & BITS) << shift;
    shift += 5;
    if ((bits & MORE) !== 0) continue;
    const signed = (bits & SIGN) !== 0 && shift < 32 ? number | (-1 << shift) : number;
    runs.push(runs.length > 2 ? signed + (runs[runs.length - 2] ?? 0) : signed);
    [number, shift] = [0, 0];
  }
  return runs;
}
