import { holds } from "./geometry";
import type { Bounds, ImagePoint } from "./points";
import type { PolygonRegion, Region } from "./regions";

/** While drawing, a box's handles lie so far within it that its corners are free for the next: in reaches. */
const RIM = 1 / 3;
export const GRASP = 1.5;
/** A box of shorter sides has no handles while drawing, and one of shorter sides than `FULL` only its corners. */
const ROOMY = 4;
const FULL = 6;


/**
 * The places that can be dragged: a box's corners, the middles of its sides where they are not shorter than `crowded`,
 * a polygon's points.
 */
export function handlesOf(region: Region, crowded = 0): readonly ImagePoint[] {
  if (region.shape === "mask") return [];
  return region.shape === "box" ? boxHandles(region, crowded) : polygonHandles(region);
}

function boxHandles({ x, y, width, height }: Bounds, crowded: number): ImagePoint[] {
  const steps = [0, 0.5, 1];
  const all = steps.flatMap((down) => steps.map((across) => ({ x: x + across * width, y: y + down * height })));
  const shown = (index: number) => index !== 4 && (index % 2 === 0 || (index % 6 === 1 ? width : height) >= crowded);
  return all.filter((_, index) => shown(index));
}

function polygonHandles({ parts, holes }: PolygonRegion): readonly ImagePoint[] {
  return [...parts, ...holes].flat();
}

/** Whether the box is large enough to be resized while boxes are drawn. */
export function isRoomy(region: Region, reach: number): boolean {
  return region.shape !== "box" || Math.min(region.width, region.height) >= ROOMY * reach;
}

/** Whether a place is on a handle as they lie while drawing; beside it the next box may begin. */
export function onInnerHandle(region: Region, at: ImagePoint, reach: number): boolean {
  if (region.shape !== "box" || !isRoomy(region, reach) || !holds(region, at, -RIM * reach)) return false;
  return handlesOf(region, FULL * reach).some((handle) => Math.max(Math.abs(handle.x - at.x), Math.abs(handle.y - at.y)) <= GRASP * reach);
}
