import { expect, test } from "vitest";
import { initialState } from "../state";
import { fixing, hiding } from "./single";

test("what is hidden in part is hidden whole, and then shown again", () => {
  const before = initialState(1, 0, { hidden: new Set(["1"]) });
  const closed = { ...before, ...hiding(before, ["1", "2"]) };
  expect([...closed.marking.hidden]).toEqual(["1", "2"]);
  expect([...hiding(closed, ["2"]).marking?.hidden ?? []]).toEqual(["1"]);
  expect([...hiding(closed, ["1", "2"]).marking?.hidden ?? []]).toEqual([]);
});

test("one region is fixed, and the others stay as they were", () => {
  const before = initialState(1, 0);
  const fixed = { ...before, ...fixing(before, ["3"]) };
  expect([...fixed.marking.fixed]).toEqual(["3"]);
  expect(fixed.marking.locked).toBe(false);
  expect([...fixing(fixed, ["3"]).marking?.fixed ?? []]).toEqual([]);
});
