import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allowedShift, around, between, clamped, insideRing, nearestOnRing, ringArea, ringInside } from "./geometry";
import type { Ring } from "./points";
import { boundsOf, hits, holdsHoles, isSolid, shifted, type BoxRegion, type PolygonRegion } from "./regions";
import { fitted, toImage, toScreen, zoomed, type View } from "./view";

const square = (x: number, y: number, side: number): Ring => [{ x, y }, { x: x + side, y }, { x: x + side, y: y + side }, { x, y: y + side }];
const box = (x: number, y: number, width: number, height: number): BoxRegion => ({ shape: "box", id: "1", label: "a", x, y, width, height });
const frame: PolygonRegion = { shape: "polygon", id: "2", label: "b", parts: [square(10, 20, 30)], holes: [square(20, 30, 5)] };
const image = { width: 100, height: 80 };

describe("rings", () => {
  test("have an area, whichever way round they go", () => {
    expect(ringArea(square(3, 4, 5))).toBe(25);
    expect(ringArea(square(3, 4, 5).toReversed())).toBe(25);
    expect(ringArea([{ x: 0, y: 0 }, { x: 4, y: 0 }, { x: 0, y: 3 }])).toBe(6);
  });

  test("hold the points inside them", () => {
    expect(insideRing(square(0, 0, 10), { x: 9, y: 1 })).toBe(true);
    expect(insideRing(square(0, 0, 10), { x: 11, y: 1 })).toBe(false);
  });

  test("say where they are nearest", () => {
    expect(nearestOnRing(square(0, 0, 10), { x: 13, y: 6 })).toEqual({ at: { x: 10, y: 6 }, edge: 1, distance: 3 });
  });

  test("lie in another ring only when nothing sticks out", () => {
    expect(ringInside(square(2, 2, 3), square(0, 0, 10))).toBe(true);
    expect(ringInside(square(8, 8, 5), square(0, 0, 10))).toBe(false);
    const horseshoe: Ring = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, { x: 7, y: 10 }, { x: 7, y: 3 }, { x: 3, y: 3 }, { x: 3, y: 10 }, { x: 0, y: 10 }];
    expect(ringInside([{ x: 1, y: 8 }, { x: 9, y: 8 }, { x: 9, y: 9 }, { x: 1, y: 9 }], horseshoe)).toBe(false);
  });
});

describe("regions", () => {
  test("are hit inside, near the edge, and not in their holes", () => {
    expect(hits(box(10, 10, 5, 5), { x: 17, y: 12 }, 2)).toBe(true);
    expect(hits(box(10, 10, 5, 5), { x: 18, y: 12 }, 2)).toBe(false);
    expect(hits(frame, { x: 12, y: 45 }, 0)).toBe(true);
    expect(hits(frame, { x: 22.5, y: 32.5 }, 0)).toBe(false);
    expect(hits(frame, { x: 22.5, y: 32.5 }, 2.5)).toBe(true);
  });

  test("cannot be shifted out of the image", () => {
    expect(shifted(box(90, 5, 8, 9), 50, -50, image)).toMatchObject({ x: 92, y: 0, width: 8, height: 9 });
    expect(boundsOf(shifted(frame, -100, 100, image))).toEqual({ x: 0, y: 50, width: 30, height: 30 });
  });

  test("without an area are nothing", () => {
    expect(isSolid(box(1, 2, 0, 5))).toBe(false);
    expect(isSolid({ ...frame, parts: [[{ x: 0, y: 0 }, { x: 5, y: 5 }, { x: 9, y: 9 }]] })).toBe(false);
  });

  test("hold their holes inside", () => {
    expect(holdsHoles(frame)).toBe(true);
    expect(holdsHoles({ ...frame, parts: [square(10, 20, 12)] })).toBe(false);
    expect(holdsHoles(box(1, 2, 3, 4))).toBe(true);
  });
});

const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
const points = fc.record({ x: coordinate, y: coordinate });

test("whatever is dragged, a box stays inside the image and keeps its size when it is shifted", () => {
  fc.assert(
    fc.property(points, points, points, (a, b, by) => {
      const bounds = between(clamped(a, image), clamped(b, image));
      const { dx, dy } = allowedShift(bounds, by.x, by.y, image);
      expect(bounds.x + dx).toBeGreaterThanOrEqual(-1e-9);
      expect(bounds.x + bounds.width + dx).toBeLessThanOrEqual(image.width + 1e-9);
      expect(bounds.y + dy).toBeGreaterThanOrEqual(-1e-9);
      expect(bounds.y + bounds.height + dy).toBeLessThanOrEqual(image.height + 1e-9);
    }),
  );
});

test("bounds hold every point", () => {
  fc.assert(
    fc.property(fc.array(points, { minLength: 1, maxLength: 9 }), (all) => {
      const { x, y, width, height } = around(all);
      expect(all.every((point) => point.x >= x && point.y >= y && point.x <= x + width + 0.01 && point.y <= y + height + 0.01)).toBe(true);
    }),
  );
});

describe("the view", () => {
  const port = { width: 400, height: 300 };

  test("fits the whole image in the middle", () => {
    const view = fitted(image, port, 0);
    expect(view).toEqual({ scale: 3.75, x: 12.5, y: 0 });
    expect(toScreen(view, { x: 100, y: 80 })).toEqual({ x: 387.5, y: 300 });
  });

  test("goes to the screen and back", () => {
    const views = fc.record({ scale: fc.double({ min: 0.01, max: 60, noNaN: true }), x: coordinate, y: coordinate });
    fc.assert(
      fc.property(views, points, (view: View, point) => {
        const back = toImage(view, toScreen(view, point));
        expect(back.x).toBeCloseTo(point.x, 5);
        expect(back.y).toBeCloseTo(point.y, 5);
      }),
    );
  });

  test("zooms about the pointer", () => {
    const at = { x: 150, y: 110 };
    const view = fitted(image, port);
    const nearer = zoomed(view, at, 2, image, port);
    expect(nearer.scale).toBeCloseTo(2 * view.scale, 9);
    expect(toImage(nearer, at).x).toBeCloseTo(toImage(view, at).x, 9);
    expect(toImage(nearer, at).y).toBeCloseTo(toImage(view, at).y, 9);
  });

  test("never loses the image out of sight", () => {
    const far = zoomed(fitted(image, port), { x: 0, y: 0 }, 1e9, image, port);
    expect(far.scale).toBe(64);
    expect(zoomed(far, { x: 0, y: 0 }, 1e-9, image, port).scale).toBeCloseTo(fitted(image, port).scale / 4, 9);
  });
});
