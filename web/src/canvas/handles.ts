import type { Bounds, ImagePoint } from "./points";
import type { PolygonRegion, Region } from "./regions";

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
