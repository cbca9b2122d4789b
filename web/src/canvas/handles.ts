import type { Bounds, ImagePoint } from "./points";
import type { PolygonRegion, Region } from "./regions";

/** The places that can be dragged: a box's corners and the middles of its sides, a polygon's points. */
export function handlesOf(region: Region): readonly ImagePoint[] {
  if (region.shape === "mask") return [];
  return region.shape === "box" ? boxHandles(region) : polygonHandles(region);
}

function boxHandles({ x, y, width, height }: Bounds): ImagePoint[] {
  const steps = [0, 0.5, 1];
  const all = steps.flatMap((down) => steps.map((across) => ({ x: x + across * width, y: y + down * height })));
  return all.filter((_, index) => index !== 4);
}

function polygonHandles({ parts, holes }: PolygonRegion): readonly ImagePoint[] {
  return [...parts, ...holes].flat();
}
