import fc from "fast-check";
import { expect, test } from "vitest";
import { blank, boundsOfStrips, brushed, fill, filled, touches, unite, type Bitmap } from "./bitmap";

function rowsOf({ width, height, data }: Bitmap): string[] {
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => (data[x * height + y] === 1 ? "#" : ".")).join(""));
}

function painted(width: number, height: number, strips: Parameters<typeof fill>[1]): string[] {
  const bitmap = blank(width, height);
  fill(bitmap, strips, 1);
  return rowsOf(bitmap);
}

test("a dab covers the pixels whose middles are within the radius", () => {
  expect(painted(6, 5, brushed(blank(6, 5), { x: 2.5, y: 2.5 }, { x: 2.5, y: 2.5 }, 1.5))).toEqual([
    "......",
    ".###..",
    ".###..",
    ".###..",
    "......",
  ]);
});

test("a stroke leaves no gap between two far points", () => {
  const middles = Array.from({ length: 200 }, (_, step) => ({ x: 3 + (44 * step) / 199, y: 4 + (32 * step) / 199 }));
  const bitmap = blank(50, 40);
  fill(bitmap, brushed(bitmap, { x: 3, y: 4 }, { x: 47, y: 36 }, 2), 1);
  expect(middles.every(({ x, y }) => touches(bitmap, [{ x: Math.floor(x), from: Math.floor(y), to: Math.floor(y) + 1 }]))).toBe(true);
});

test("a stroke is what the dabs along it are together", () => {
  const coordinate = fc.integer({ min: -5, max: 25 });
  const point = fc.record({ x: coordinate, y: coordinate });
  fc.assert(
    fc.property(point, point, fc.integer({ min: 1, max: 8 }), (a, b, radius) => {
      const [stroke, dabs] = [blank(20, 20), blank(20, 20)];
      fill(stroke, brushed(stroke, a, b, radius), 1);
      for (let step = 0; step <= 400; step++) {
        const at = { x: a.x + ((b.x - a.x) * step) / 400, y: a.y + ((b.y - a.y) * step) / 400 };
        fill(dabs, brushed(dabs, at, at, radius), 1);
      }
      const missed = dabs.data.filter((pixel, index) => pixel === 1 && stroke.data[index] === 0).length;
      const extra = stroke.data.filter((pixel, index) => pixel === 1 && dabs.data[index] === 0).length;
      expect(missed).toBe(0);
      expect(extra).toBeLessThanOrEqual(2);
    }),
  );
});

test("a ring with a hole is filled between them", () => {
  const ring = (low: number, high: number) => [{ x: low, y: low }, { x: high, y: low }, { x: high, y: high }, { x: low, y: high }];
  expect(painted(6, 6, filled(blank(6, 6), [ring(0, 5), ring(2, 4)]))).toEqual(["#####.", "#####.", "##..#.", "##..#.", "#####.", "......"]);
});

test("nothing is painted outside the image", () => {
  const ring = [{ x: -9, y: -9 }, { x: 30, y: -9 }, { x: 30, y: 30 }, { x: -9, y: 30 }];
  expect(painted(2, 2, filled(blank(2, 2), [ring]))).toEqual(["##", "##"]);
  expect(brushed(blank(2, 2), { x: 50, y: 50 }, { x: 60, y: 60 }, 3)).toEqual([]);
});

test("two bitmaps are united, and strips have bounds", () => {
  const [one, other] = [blank(3, 3), blank(3, 3)];
  fill(one, [{ x: 0, from: 0, to: 1 }], 1);
  fill(other, [{ x: 2, from: 1, to: 3 }], 1);
  unite(one, other);
  expect(rowsOf(one)).toEqual(["#..", "..#", "..#"]);
  expect(boundsOfStrips([{ x: 2, from: 5, to: 9 }, { x: 4, from: 7, to: 12 }])).toEqual({ x: 2, y: 5, width: 3, height: 7 });
});
