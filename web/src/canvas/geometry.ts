import type { Bounds, ImagePoint, Ring, Size } from "./points";

/** Coordinates are kept to a hundredth of a pixel: finer than any hand, and short in a file. */
export function rounded(value: number): number {
  // The sum turns -0 into 0.
  return Math.round(value * 100) / 100 + 0;
}

export function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The nearest place inside the image. */
export function clamped(point: ImagePoint, size: Size): ImagePoint {
  return { x: rounded(Math.min(size.width, Math.max(0, point.x))), y: rounded(Math.min(size.height, Math.max(0, point.y))) };
}

export function between(a: ImagePoint, b: ImagePoint): Bounds {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, width: rounded(Math.max(a.x, b.x) - x), height: rounded(Math.max(a.y, b.y) - y) };
}

/** The smallest upright rectangle around the points, of which there must be one. */
export function around(points: readonly ImagePoint[]): Bounds {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  return between({ x: Math.min(...xs), y: Math.min(...ys) }, { x: Math.max(...xs), y: Math.max(...ys) });
}

/** The bounds of all that has an extent; all zero where nothing has. */
export function unionOf(all: readonly Bounds[]): Bounds {
  const some = all.filter(({ width }) => width > 0);
  const [left, top] = [Math.min(...some.map(({ x }) => x)), Math.min(...some.map(({ y }) => y))];
  const right = Math.max(0, ...some.map(({ x, width }) => x + width));
  const bottom = Math.max(0, ...some.map(({ y, height }) => y + height));
  return some.length === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top };
}

export function holds(bounds: Bounds, point: ImagePoint, reach = 0): boolean {
  const { x, y, width, height } = bounds;
  return point.x >= x - reach && point.x <= x + width + reach && point.y >= y - reach && point.y <= y + height + reach;
}

/** How far something may really be shifted so that its bounds stay inside the image. */
export function allowedShift(bounds: Bounds, dx: number, dy: number, size: Size): { dx: number; dy: number } {
  return {
    dx: rounded(Math.min(size.width - bounds.x - bounds.width, Math.max(-bounds.x, dx))),
    dy: rounded(Math.min(size.height - bounds.y - bounds.height, Math.max(-bounds.y, dy))),
  };
}

/** Pairs of neighbouring points, the last with the first. */
export function edgesOf(ring: Ring): [ImagePoint, ImagePoint][] {
  return ring.flatMap((point, index) => {
    const next = ring[(index + 1) % ring.length];
    return next === undefined ? [] : [[point, next] as [ImagePoint, ImagePoint]];
  });
}

/** The area inside a ring, whichever way round it goes. */
export function ringArea(ring: Ring): number {
  return Math.abs(edgesOf(ring).reduce((sum, [a, b]) => sum + a.x * b.y - b.x * a.y, 0)) / 2;
}

/** Whether a point lies inside the ring: a line from it to the far left crosses the ring an odd number of times. */
export function insideRing(ring: Ring, point: ImagePoint): boolean {
  const crosses = ([a, b]: [ImagePoint, ImagePoint]) =>
    a.y > point.y !== b.y > point.y && point.x > a.x + ((point.y - a.y) / (b.y - a.y)) * (b.x - a.x);
  return edgesOf(ring).filter(crosses).length % 2 === 1;
}

function nearestOnSegment(a: ImagePoint, b: ImagePoint, point: ImagePoint): ImagePoint {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length));
  return { x: a.x + along * dx, y: a.y + along * dy };
}

export interface OnRing {
  readonly at: ImagePoint;
  /** The edge that begins at the point of this index. */
  readonly edge: number;
  readonly distance: number;
}

export function nearestOnRing(ring: Ring, point: ImagePoint): OnRing | null {
  let best: OnRing | null = null;
  for (const [edge, [a, b]] of edgesOf(ring).entries()) {
    const at = nearestOnSegment(a, b, point);
    const away = distance(at, point);
    if (best === null || away < best.distance) best = { at, edge, distance: away };
  }
  return best;
}

function turn(a: ImagePoint, b: ImagePoint, c: ImagePoint): number {
  return Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
}

/** Whether a ring lies wholly inside another: every point does, and no edges cross. */
export function ringInside(inner: Ring, outer: Ring): boolean {
  const crossing = edgesOf(inner).some(([a, b]) =>
    edgesOf(outer).some(([c, d]) => turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0),
  );
  return !crossing && inner.every((point) => insideRing(outer, point));
}
