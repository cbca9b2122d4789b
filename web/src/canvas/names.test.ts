import { expect, test } from "vitest";
import { nameOf, readable } from "./names";
import { box } from "./tools/fakeBench";

const view = { scale: 2, x: 10, y: 20 };
const port = { width: 400, height: 300 };
const named = (...places: [string, number, number][]) => places.map(([id, x, y]) => nameOf(box(id, x, y, 30, 30), "cat", view));
const ids = (...places: [string, number, number][]) => readable(named(...places), port).map(({ region }) => region.id);

test("a name stands above its region's corner, and never out of the picture's top and left", () => {
  expect(named(["1", 50, 60], ["2", -90, -90])).toMatchObject([{ text: "cat", x: 110, y: 136 }, { text: "cat", x: 2, y: 18 }]);
});

test("names that would lie on each other give way to the last", () => {
  expect(ids(["1", 50, 60], ["2", 100, 60], ["3", 52, 61])).toEqual(["2", "3"]);
  expect(ids(["1", 50, 60], ["2", 50, 75])).toEqual(["1", "2"]);
});

test("names out of sight are left out", () => {
  expect(ids(["1", 500, 60], ["2", 50, 500], ["3", -90, 60], ["4", 50, -90], ["5", -20, -20])).toEqual(["5"]);
});
