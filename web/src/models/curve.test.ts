import { expect, test } from "vitest";
import { bandOf, lineOf, nearest, PLOT, pointText, scaleOf, type CurvePoint } from "./curve";

const CURVE: CurvePoint[] = [
  { threshold: 1, precision: 1, bound: 0.9, coverage: 0 },
  { threshold: 0.75, precision: 1, bound: 0.5, coverage: 0.5 },
  { threshold: 0.5, precision: 0.5, bound: 0, coverage: 1 },
];

test("the plot goes from the least confidence to the highest", () => {
  const { x, y, ticks } = scaleOf(CURVE);
  expect([x(0.5), x(1), x(0.75), x(0)]).toEqual([PLOT.left, PLOT.right, (PLOT.left + PLOT.right) / 2, PLOT.left]);
  expect([y(0), y(1)]).toEqual([PLOT.bottom, PLOT.top]);
  expect(ticks).toEqual([0.5, 0.625, 0.75, 0.875, 1]);
});

test("lines go through all points, and the band comes back along the bound", () => {
  const scale = scaleOf(CURVE);
  expect(lineOf(CURVE, scale, "coverage")).toBe("M616.0 218.0L330.0 114.0L44.0 10.0");
  expect(bandOf(CURVE, scale)).toBe("M616.0 10.0L330.0 10.0L44.0 114.0L44.0 218.0L330.0 114.0L616.0 30.8Z");
});

test("one point, or none, is drawn too", () => {
  const [only] = CURVE;
  const one = only === undefined ? [] : [only];
  expect(Number.isFinite(scaleOf(one).x(1))).toBe(true);
  expect([nearest(one, scaleOf(one), 10), nearest([], scaleOf([]), 10), bandOf([], scaleOf([]))]).toEqual([0, -1, ""]);
});

test("a place on the plot is the nearest point's", () => {
  const scale = scaleOf(CURVE);
  expect([0, 200, 300, 600].map((at) => nearest(CURVE, scale, at))).toEqual([2, 1, 1, 0]);
});

test("a point is read aloud", () => {
  expect(pointText({ threshold: 0.81, precision: 0.97, bound: 0.951, coverage: 0.6 }, "suggestions")).toBe("From 81 % confidence on: 97 % right, 95.1 % at least, 60 % of all suggestions");
});
