import { allowedShift, around, holds, insideRing, nearestOnRing, ringArea, ringInside, rounded } from "./geometry";
import type { Bounds, ImagePoint, Ring, Size } from "./points";
import { boundsOfRle, pixelAt, type Rle } from "./rle";
import type { Suggestible } from "./suggestion";

interface Named extends Suggestible {
  readonly id: string;
  readonly label: string;
}

export interface BoxRegion extends Named, Bounds {
  readonly shape: "box";
}

/** One thing: outer rings, and rings that are cut out of them. */
export interface PolygonRegion extends Named {
  readonly shape: "polygon";
  readonly parts: readonly Ring[];
  readonly holes: readonly Ring[];
}

/** The pixels of one label. */
export interface MaskRegion extends Named {
  readonly shape: "mask";
  readonly rle: Rle;
}

export type Region = BoxRegion | PolygonRegion | MaskRegion;

export function boundsOf(region: Region): Bounds {
  if (region.shape === "box") return region;
  return region.shape === "polygon" ? around(region.parts.flat()) : boundsOfRle(region.rle);
}

/** In square pixels: of a polygon without its holes. */
export function areaOf(region: BoxRegion | PolygonRegion): number {
  if (region.shape === "box") return region.width * region.height;
  const sum = (rings: readonly Ring[]) => rings.reduce((total, ring) => total + ringArea(ring), 0);
  return sum(region.parts) - sum(region.holes);
}

/** Whether a point lies in the region, or no further than `reach` from its edge. */
export function hits(region: Region, point: ImagePoint, reach: number): boolean {
  if (region.shape === "mask") return pixelAt(region.rle, Math.floor(point.x), Math.floor(point.y));
  if (region.shape === "box") return holds(region, point, reach);
  const rings = [...region.parts, ...region.holes];
  if (rings.some((ring) => (nearestOnRing(ring, point)?.distance ?? Infinity) <= reach)) return true;
  const inside = (ring: Ring) => insideRing(ring, point);
  return region.parts.some(inside) && !region.holes.some(inside);
}

/** Whether a region is worth keeping: nothing without an area can exist. */
export function isSolid(region: Region): boolean {
  if (region.shape === "mask") return boundsOfRle(region.rle).width > 0;
  if (region.shape === "box") return region.width > 0 && region.height > 0;
  return region.parts.length > 0 && [...region.parts, ...region.holes].every((ring) => ring.length >= 3 && ringArea(ring) > 0);
}

/** The region with its outline passed through a function; masks stay where they are. */
function mapped(region: PolygonRegion, move: (point: ImagePoint) => ImagePoint): PolygonRegion {
  const rings = (all: readonly Ring[]) => all.map((ring) => ring.map(move));
  return { ...region, parts: rings(region.parts), holes: rings(region.holes) };
}

/** The region shifted as far as the image allows. */
export function shifted<R extends Region>(region: R, dx: number, dy: number, size: Size): R {
  const shift = allowedShift(boundsOf(region), dx, dy, size);
  return moved(region, shift.dx, shift.dy);
}

function moved<R extends Region>(region: R, dx: number, dy: number): R {
  if (region.shape === "box") return { ...region, x: rounded(region.x + dx), y: rounded(region.y + dy) };
  if (region.shape === "mask") return region;
  return { ...region, ...mapped(region, ({ x, y }) => ({ x: rounded(x + dx), y: rounded(y + dy) })) };
}

/** Whether every hole of a polygon lies in one of its parts; other regions have none. */
export function holdsHoles(region: Region): boolean {
  return region.shape !== "polygon" || region.holes.every((hole) => region.parts.some((part) => ringInside(hole, part)));
}
