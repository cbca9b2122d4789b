import { expect, test } from "vitest";
import { toggled } from "./toggled";

test("a click with Shift selects one more, or one less", () => {
  expect(toggled({ selected: new Set(["1"]), drawn: false }, ["2"])).toEqual(["1", "2"]);
  expect(toggled({ selected: new Set(["1", "2"]), drawn: false }, ["1"])).toEqual(["2"]);
  expect(toggled({ selected: new Set(["1"]), drawn: false }, [])).toEqual(["1"]);
});

test("what was only just drawn is no part of it", () => {
  expect(toggled({ selected: new Set(["1"]), drawn: true }, ["2"])).toEqual(["2"]);
});
