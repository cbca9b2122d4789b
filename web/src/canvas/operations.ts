import { unite } from "./bitmap";
import { adding, inTurn, removing, replacing, type ChangeSet, type Document } from "./document";
import { allowedShift } from "./geometry";
import type { ImagePoint, Size } from "./points";
import { boundsOf, shifted, type BoxRegion, type MaskRegion, type Region } from "./regions";
import { decode, encode, stripsOf } from "./rle";
import { OffScreen, Stroke } from "./stroke";
import { confirmed } from "./suggestion";

type Changes = ChangeSet<Region>;

/** The side of a template box while there is no box to take the size from. */
const TEMPLATE = 50;
const COPY_OFFSET = 0.02;

/** How large the next template box is: as the box drawn last, or 50 by 50 pixels. */
export function templateBox({ marks }: Document<Region>, image: Size): Size {
  const last = marks.findLast((region): region is BoxRegion => region.shape === "box");
  return { width: Math.min(image.width, last?.width ?? TEMPLATE), height: Math.min(image.height, last?.height ?? TEMPLATE) };
}

/** A template box around a place, for those who draw by keyboard. */
export function placing(document: Document<Region>, label: string, at: ImagePoint, image: Size): Changes {
  const { width, height } = templateBox(document, image);
  const { dx, dy } = allowedShift({ x: 0, y: 0, width, height }, at.x - width / 2, at.y - height / 2, image);
  return adding(document, [{ shape: "box", id: String(document.next), label, x: dx, y: dy, width, height }]);
}

/** The regions with another label. A mask that meets one of the label already becomes part of it. */
export function retagging(document: Document<Region>, ids: ReadonlySet<string>, label: string): Changes {
  const changing = document.marks.filter((region) => ids.has(region.id) && (region.label !== label || region.suggested !== undefined));
  const masks = changing.filter((region): region is MaskRegion => region.shape === "mask" && region.label !== label);
  const target = document.marks.find((region): region is MaskRegion => region.shape === "mask" && region.label === label);
  const [home] = target === undefined ? masks : [target];
  const merged = masks.filter((mask) => mask !== home);
  const plain = changing.filter((region) => !merged.some(({ id }) => id === region.id)).map((region) => confirmed({ ...region, label }));
  if (home === undefined || merged.length === 0) return replacing(document, plain);
  const whole: MaskRegion = { ...home, label, rle: united([home, ...merged]) };
  return inTurn<Region>(
    document,
    (now) => replacing(now, [...plain.filter(({ id }) => id !== home.id), confirmed(whole)]),
    (now) => removing(now, new Set(merged.map(({ id }) => id))),
  );
}

function united([first, ...others]: readonly MaskRegion[]): MaskRegion["rle"] {
  if (first === undefined) throw new RangeError("There is no mask to unite.");
  const bitmap = decode(first.rle);
  for (const { rle } of others) unite(bitmap, decode(rle));
  return encode(bitmap);
}

/** The regions moved by so many image pixels, all by the same and none out of the image. Key presses add up. */
export function nudging(document: Document<Region>, ids: ReadonlySet<string>, dx: number, dy: number, image: Size): Changes {
  const moved = document.marks.filter((region) => ids.has(region.id) && region.shape !== "mask").map((region) => confirmed(shifted(region, dx, dy, image)));
  return replacing(document, moved, `nudge ${[...ids].join()}`);
}

/** The selected boxes made larger or smaller at their lower right corner. */
export function stretching(document: Document<Region>, ids: ReadonlySet<string>, dx: number, dy: number, image: Size): Changes {
  const boxes = document.marks.filter((region): region is BoxRegion => region.shape === "box" && ids.has(region.id));
  const stretched = boxes.map((box) => ({
    ...confirmed(box),
    width: Math.min(image.width - box.x, Math.max(1, box.width + dx)),
    height: Math.min(image.height - box.y, Math.max(1, box.height + dy)),
  }));
  return replacing<Region>(document, stretched, `stretch ${[...ids].join()}`);
}

/** Whether there is room for a copy of the region: a mask lies only in images as large as its own. */
export function fits(region: Region, { width, height }: Size): boolean {
  if (region.shape === "mask") return region.rle.size[0] === height && region.rle.size[1] === width;
  const bounds = boundsOf(region);
  return bounds.width <= width && bounds.height <= height;
}

/**
 * Copies of those regions that fit, inside this image: a little aside of the originals, or where they lay in another
 * image. A mask is painted where it lay, as by a brush: its label's mask there gains its pixels.
 */
export function copying(document: Document<Region>, regions: readonly Region[], image: Size, overlap: boolean): Changes {
  const here = new Set(document.marks);
  const beside = regions.some((region) => here.has(region));
  const aside = beside ? Math.max(2, Math.round(COPY_OFFSET * Math.min(image.width, image.height))) : 0;
  const fitting = regions.filter((region) => fits(region, image));
  const copies = fitting
    .filter(({ shape }) => shape !== "mask")
    .map((region, index) => ({ ...confirmed(shifted(region, aside, aside, image)), id: String(document.next + index) }));
  const masks = fitting.filter((region): region is MaskRegion => region.shape === "mask");
  return inTurn<Region>(document, (now) => adding(now, copies), ...masks.map((mask) => (now: Document<Region>) => painting(now, mask, image, overlap)));
}

function painting(document: Document<Region>, { label, rle }: MaskRegion, image: Size, overlap: boolean): Changes {
  const stroke = new Stroke({ document, hidden: new Set(), overlap }, new OffScreen(), image, label, 1);
  stroke.add(stripsOf(rle));
  return stroke.end();
}
