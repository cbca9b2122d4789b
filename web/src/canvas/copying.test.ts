import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blank, type Bitmap } from "./bitmap";
import { commit, documentOf, undo, type Document } from "./document";
import { copying, fits } from "./operations";
import type { MaskRegion, Region } from "./regions";
import { decode, encode } from "./rle";
import { box } from "./tools/fakeBench";

const image = { width: 100, height: 80 };

function copied(marks: readonly Region[], regions: readonly Region[], size = image, overlap = false): Document<Region> {
  const document = documentOf(marks);
  return commit(document, copying(document, regions, size, overlap));
}

describe("boxes", () => {
  test("lie beside their originals, inside the image", () => {
    const originals = [box("1", 10, 20, 30, 40), box("2", 70, 50, 30, 30)];
    expect(copied(originals, originals).marks.slice(2)).toEqual([box("3", 12, 22, 30, 40), box("4", 70, 50, 30, 30)]);
  });

  test("from another image lie where they lay there, if they fit", () => {
    const { marks } = copied([], [box("9", 10, 20, 30, 40), box("8", 90, 70, 30, 40), box("7", 0, 0, 300, 40)]);
    expect(marks).toEqual([box("1", 10, 20, 30, 40), box("2", 70, 40, 30, 40)]);
    expect(fits(box("7", 0, 0, 300, 40), image)).toBe(false);
  });
});

/** A mask of four by two pixels: "##.." above "....", say. */
function mask(id: string, label: string, ...rows: [string, string]): MaskRegion {
  const bitmap = blank(4, 2);
  rows.forEach((row, y) => Array.from(row).forEach((pixel, x) => (bitmap.data[2 * x + y] = pixel === "#" ? 1 : 0)));
  return { shape: "mask", id, label, rle: encode(bitmap) };
}

const small = { width: 4, height: 2 };

describe("masks", () => {
  test("become part of their label's mask, in one step", () => {
    const document = copied([mask("1", "cat", "##..", "....")], [mask("7", "cat", ".##.", "...#")], small);
    expect(document.marks).toEqual([mask("1", "cat", "###.", "...#")]);
    expect(document.done).toHaveLength(1);
  });

  test("of labels that have none there are new ones", () => {
    const { marks, next } = copied([mask("4", "cat", "##..", "....")], [mask("1", "dog", "...#", "...."), mask("2", "elk", "....", "...#")], small);
    expect(marks).toEqual([mask("4", "cat", "##..", "...."), mask("5", "dog", "...#", "...."), mask("6", "elk", "....", "...#")]);
    expect(next).toBe(7);
  });

  test("take pixels from the others unless masks may overlap", () => {
    const cats = [mask("1", "cat", "####", "....")];
    const dogs = [mask("9", "dog", ".##.", "....")];
    expect(copied(cats, dogs, small).marks).toEqual([mask("1", "cat", "#..#", "...."), mask("2", "dog", ".##.", "....")]);
    expect(copied(cats, dogs, small, true).marks).toEqual([cats[0], mask("2", "dog", ".##.", "....")]);
  });

  test("leave no mask that they have covered", () => {
    expect(copied([mask("1", "cat", "##..", "....")], [mask("9", "dog", "###.", "....")], small).marks).toEqual([mask("2", "dog", "###.", "....")]);
  });

  test("that are there already change nothing", () => {
    const cat = mask("1", "cat", "##..", "....");
    expect(copied([cat], [cat], small).done).toEqual([]);
  });

  test("fit only images of their own size", () => {
    const cat = mask("1", "cat", "##..", "....");
    expect(copied([], [cat], { width: 2, height: 4 }).marks).toEqual([]);
    expect([fits(cat, small), fits(cat, { width: 2, height: 4 })]).toEqual([true, false]);
  });
});

const pixels = fc.uint8Array({ min: 0, max: 1, minLength: 30, maxLength: 30 }).filter((data) => data.includes(1));
const masks = fc.uniqueArray(fc.record({ label: fc.constantFrom("ant", "bee", "cat"), pixels }), { selector: ({ label }) => label, maxLength: 3 });
const regionsOf = (all: readonly { label: string; pixels: Uint8Array }[]) =>
  all.map(({ label, pixels }, index): MaskRegion => ({ shape: "mask", id: String(index + 1), label, rle: encode({ width: 6, height: 5, data: Uint8Array.from(pixels) }) }));

/** Which labels each pixel has. */
const labelsAt = (regions: readonly Region[]): string[][] => {
  const planes = (regions as readonly MaskRegion[]).map(({ label, rle }): [string, Bitmap] => [label, decode(rle)]);
  return Array.from({ length: 30 }, (_, at) => planes.flatMap(([label, { data }]) => (data[at] === 1 ? [label] : [])).sort());
};

test("masks that are pasted have their pixels, and no pixel is lost or gained besides", () => {
  fc.assert(
    fc.property(masks, masks, fc.boolean(), (there, here, overlap) => {
      const [before, pasted] = [regionsOf(there), regionsOf(here)];
      const document = copied(before, pasted, { width: 6, height: 5 }, overlap);
      const [old, added] = [labelsAt(before), labelsAt(pasted)];
      const wanted = old.map((labels, at) => (overlap || added[at]?.length === 0 ? [...new Set([...labels, ...(added[at] ?? [])])].sort() : null));
      for (const [at, labels] of labelsAt(document.marks).entries()) {
        // Where masks may not overlap, the one that was pasted last has the pixel alone.
        const last = pasted.findLast(({ label }) => added[at]?.includes(label));
        expect(labels).toEqual(wanted[at] ?? [last?.label]);
      }
      expect(new Set(document.marks.map(({ label }) => label)).size).toBe(document.marks.length);
      expect(undo(document).marks).toEqual(before);
    }),
  );
});
