import { expect, test } from "vitest";
import { heightOf, layoutIn, rowsInSight, topOf } from "./rows";

test("as many columns as fit, with gaps of ten between them", () => {
  expect(layoutIn(148, false)).toEqual({ columns: 1, tile: 180 });
  expect(layoutIn(1000, false)).toEqual({ columns: 6, tile: 950 / 6 + 32 });
  expect(layoutIn(1000, true)).toEqual({ columns: 4, tile: 164 });
  expect(layoutIn(266, false).columns).toBe(2);
});

test("a row begins where the one before and the gap end", () => {
  const layout = { columns: 3, tile: 90 };
  expect(topOf(layout, 4)).toBe(400);
  expect(heightOf(layout, 5)).toBe(490);
  expect(heightOf(layout, 0)).toBe(0);
});

test("the rows in sight and two on either side are drawn, of however many there are", () => {
  const layout = { columns: 3, tile: 90 };
  expect(rowsInSight(layout, 100_000, 0, 450)).toEqual({ first: 0, end: 7 });
  expect(rowsInSight(layout, 100_000, 5_000_050, 450)).toEqual({ first: 49_998, end: 50_007 });
  expect(rowsInSight(layout, 6, -300, 450)).toEqual({ first: 0, end: 4 });
  expect(rowsInSight(layout, 6, 90_000, 450)).toEqual({ first: 6, end: 6 });
});
