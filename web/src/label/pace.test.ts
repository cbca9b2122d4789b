import { expect, test } from "vitest";
import { itemsLeft, pace, recent } from "./pace";

test("is silent until there is something to tell", () => {
  expect(pace([{ at: 5_000, items: 9 }], 0, 60_000)).toBeNull();
  expect(pace([{ at: 5_000, items: 9 }, { at: 9_000, items: 9 }], 0, 10_000)).toBeNull();
});

test("counts the last minutes only", () => {
  const marks = [{ at: 0, items: 500 }, { at: 400_000, items: 9 }, { at: 500_000, items: 16 }];
  expect(pace(marks, 0, 600_000)).toBe(5);
  expect(recent(marks, 600_000)).toHaveLength(2);
});

test("what was submitted since the count is not left any more", () => {
  const marks = [{ at: 1_000, items: 4 }, { at: 3_000, items: 9 }];
  expect(itemsLeft(20, 2_000, marks)).toBe(11);
  expect(itemsLeft(5, 2_000, marks)).toBe(0);
});
