import { clamped, distance, nearestOnRing, ringArea, rounded } from "../geometry";
import type { Bounds, ImagePoint, Ring, Size } from "../points";
import type { BoxRegion, PolygonRegion, Region } from "../regions";

/** A place of a region that can be dragged, and what the region becomes when it is. */
export interface Grip {
  readonly cursor: string;
  /** Where what is held lies now. */
  readonly at: ImagePoint;
  /** The polygon's point that is held, if it is one that exists. */
  readonly point: PointPlace | null;
  to(point: ImagePoint): Region;
}

export interface PointPlace {
  readonly rings: "parts" | "holes";
  readonly ring: number;
  readonly index: number;
}

/** No side of a box becomes shorter than this, in image pixels. */
const SHORTEST = 1;

export function gripAt(region: Region, at: ImagePoint, reach: number, size: Size): Grip | null {
  if (region.shape === "mask") return null;
  return region.shape === "box" ? boxGrip(region, at, reach, size) : polygonGrip(region, at, reach, size);
}

function side(at: number, low: number, high: number, reach: number): -1 | 0 | 1 {
  const [toLow, toHigh] = [Math.abs(at - low), Math.abs(at - high)];
  if (Math.min(toLow, toHigh) > reach) return 0;
  return toLow <= toHigh ? -1 : 1;
}

function boxGrip(box: BoxRegion, at: ImagePoint, reach: number, size: Size): Grip | null {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  // A third of a small box is for moving it, however coarse the pointer is.
  const [near, nearDown] = [Math.min(reach, box.width / 3), Math.min(reach, box.height / 3)];
  const outside = at.x < box.x - reach || at.x > right + reach || at.y < box.y - reach || at.y > bottom + reach;
  const across = at.x < box.x ? -1 : at.x > right ? 1 : side(at.x, box.x, right, near);
  const down = at.y < box.y ? -1 : at.y > bottom ? 1 : side(at.y, box.y, bottom, nearDown);
  if (outside || (across === 0 && down === 0)) return null;
  const cursor = across === 0 ? "ns-resize" : down === 0 ? "ew-resize" : across === down ? "nwse-resize" : "nesw-resize";
  const held = { x: [box.x, at.x, right][across + 1] ?? at.x, y: [box.y, at.y, bottom][down + 1] ?? at.y };
  return { cursor, at: held, point: null, to: (point) => ({ ...box, ...resized(box, across, down, clamped(point, size), size) }) };
}

/** The box with the sides that are held at the point; the opposite sides stay, also when they are passed. */
function resized(box: Bounds, across: -1 | 0 | 1, down: -1 | 0 | 1, point: ImagePoint, size: Size): Bounds {
  const [x, width] = span(box.x, box.width, across, point.x, size.width);
  const [y, height] = span(box.y, box.height, down, point.y, size.height);
  return { x, y, width, height };
}

function span(start: number, length: number, held: -1 | 0 | 1, to: number, room: number): [start: number, length: number] {
  if (held === 0) return [start, length];
  const fixed = held === -1 ? start + length : start;
  const long = Math.min(room, Math.max(SHORTEST, Math.abs(to - fixed)));
  const first = to < fixed ? fixed - long : fixed;
  return [rounded(Math.min(room - long, Math.max(0, first))), rounded(long)];
}

function* places(region: PolygonRegion): Generator<{ rings: "parts" | "holes"; ring: number; points: Ring }> {
  for (const [ring, points] of region.parts.entries()) yield { rings: "parts", ring, points };
  for (const [ring, points] of region.holes.entries()) yield { rings: "holes", ring, points };
}

function withRing(region: PolygonRegion, { rings, ring }: Omit<PointPlace, "index">, change: (points: Ring) => Ring): PolygonRegion {
  return { ...region, [rings]: region[rings].map((points, index) => (index === ring ? change(points) : points)) };
}

function polygonGrip(region: PolygonRegion, at: ImagePoint, reach: number, size: Size): Grip | null {
  const point = pointAt(region, at, reach);
  if (point !== null) {
    const to = (place: ImagePoint) => withRing(region, point, (points) => points.with(point.index, clamped(place, size)));
    return { cursor: "grab", at: point.at, point, to };
  }
  for (const { rings, ring, points } of places(region)) {
    const edge = nearestOnRing(points, at);
    if (edge === null || edge.distance > reach) continue;
    const to = (place: ImagePoint) => withRing(region, { rings, ring }, (before) => before.toSpliced(edge.edge + 1, 0, clamped(place, size)));
    return { cursor: "copy", at, point: null, to };
  }
  return null;
}

/** The polygon's point that is nearest, if it is near enough. */
export function pointAt(region: PolygonRegion, at: ImagePoint, reach: number): (PointPlace & { at: ImagePoint }) | null {
  let best: (PointPlace & { at: ImagePoint; away: number }) | null = null;
  for (const { rings, ring, points } of places(region)) {
    for (const [index, point] of points.entries()) {
      const away = distance(point, at);
      if (away <= reach && (best === null || away < best.away)) best = { rings, ring, index, at: point, away };
    }
  }
  return best;
}

/** The polygon without a point; a ring of fewer than three goes. Null when nothing of the polygon is left. */
export function withoutPoint(region: PolygonRegion, place: PointPlace): PolygonRegion | null {
  const less = withRing(region, place, (points) => points.toSpliced(place.index, 1));
  const whole = (ring: Ring) => ring.length >= 3 && ringArea(ring) > 0;
  const next = { ...less, parts: less.parts.filter(whole), holes: less.holes.filter(whole) };
  return next.parts.length === 0 ? null : next;
}
