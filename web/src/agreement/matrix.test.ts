import { expect, test } from "vitest";
import { alphaSays, matrixOf, type Confusion } from "./matrix";

const FOUND: Confusion[] = [
  { given: "cat", consensus: "cat", count: 6 },
  { given: "dog", consensus: "cat", count: 2 },
  { given: "dog", consensus: "dog", count: 5 },
  { given: "emu", consensus: "emu", count: 9 },
  { given: null, consensus: "dog", count: 1 },
];

test("rows are what stands, columns what was given, shares are of the row", () => {
  const { labels, rows, left } = matrixOf(FOUND, ["dog", "cat", "emu"], 10);
  expect(labels).toEqual(["dog", "cat", "emu", null]);
  expect(rows[1]).toEqual({ label: "cat", cells: [{ count: 2, share: 0.25 }, { count: 6, share: 0.75 }, { count: 0, share: 0 }, { count: 0, share: 0 }] });
  expect(rows[0]?.cells.at(-1)).toEqual({ count: 1, share: 1 / 6 });
  expect(left).toBe(0);
});

test("of many labels those stay that are confused most", () => {
  const { labels, left } = matrixOf(FOUND, ["dog", "cat", "emu"], 2);
  expect([labels, left]).toEqual([["dog", "cat"], 2]);
});

test("every alpha has a reading", () => {
  expect([0.9, 0.7, 0.3, -0.1].map(alphaSays).map((text) => text.split(":")[0])).toEqual([
    "Labelers agree well",
    "Labelers agree fairly",
    "Labelers agree too little",
    "Labelers agree no more than if they guessed.",
  ]);
  expect(alphaSays(null)).toContain("not defined");
});
