import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blank, fill, type Bitmap } from "./bitmap";
import { areaOfRle, boundsOfRle, decode, encode, isSound, pixelAt, stripsOf } from "./rle";
// Written by pycocotools 2.0: mask.encode, area and toBbox of each bitmap.
import vectors from "./rle.vectors.json";

type Vector = (typeof vectors)[number];

function bitmapOf({ size: [height = 0, width = 0], rows, box, without }: Vector): Bitmap {
  const bitmap = blank(width, height);
  const set = (x: number, y: number, value: 0 | 1) => fill(bitmap, [{ x, from: y, to: y + 1 }], value);
  for (const [y, row] of (rows ?? []).entries()) for (const [x, pixel] of Array.from(row).entries()) if (pixel === "1") set(x, y, 1);
  if (box !== undefined) for (let x = box[0] ?? 0; x < (box[0] ?? 0) + (box[2] ?? 0); x++) for (let y = 0; y < (box[3] ?? 0); y++) set(x, (box[1] ?? 0) + y, 1);
  if (without !== undefined) set(without[0] ?? 0, without[1] ?? 0, 0);
  return bitmap;
}

describe("the same bytes as pycocotools", () => {
  test.each(vectors)("$name", (vector) => {
    const rle = encode(bitmapOf(vector));
    expect(rle).toEqual({ size: vector.size, counts: vector.counts });
    expect(areaOfRle(rle)).toBe(vector.area);
    expect(Object.values(boundsOfRle(rle))).toEqual(vector.bounds);
    expect(decode(rle)).toEqual(bitmapOf(vector));
  });
});

const bitmaps = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 })).chain(([width, height]) =>
  fc.uint8Array({ min: 0, max: 255, minLength: width * height, maxLength: width * height }).chain((noise) =>
    // Few pixels in, or many: so that runs are long too.
    fc.integer({ min: 0, max: 255 }).map((threshold): Bitmap => ({ width, height, data: new Uint8Array(noise.map((value) => (value > threshold ? 1 : 0))) })),
  ),
);

test("what is encoded comes back, pixel by pixel", () => {
  fc.assert(
    fc.property(bitmaps, (bitmap) => {
      const rle = encode(bitmap);
      expect(decode(rle)).toEqual(bitmap);
      expect(isSound(rle, bitmap)).toBe(true);
      expect(areaOfRle(rle)).toBe(bitmap.data.reduce((sum, pixel) => sum + pixel, 0));
      const again = blank(bitmap.width, bitmap.height);
      fill(again, stripsOf(rle), 1);
      expect(again).toEqual(bitmap);
      expect(pixelAt(rle, bitmap.width - 1, bitmap.height - 1)).toBe(bitmap.data.at(-1) === 1);
    }),
  );
});

test("runs that do not fit the size are refused", () => {
  const rle = encode(blank(4, 3));
  expect(() => decode({ ...rle, size: [3, 5] })).toThrow(RangeError);
  expect(() => decode({ ...rle, size: [2, 4] })).toThrow(RangeError);
  expect(isSound(rle, { width: 3, height: 4 })).toBe(false);
});
