import { describe, expect, test } from "vitest";
import { placeNames } from "./layout";

describe("names over spans", () => {
  const wanted = (left: number, right: number, rtl: boolean, line = 0) => ({ line, left, right, width: 40, rtl });

  test("begin where their spans do, as the line is read", () => {
    expect(placeNames([wanted(0, 50, false), wanted(60, 90, false)])).toEqual([0, 60]);
    expect(placeNames([wanted(60, 90, true), wanted(0, 50, true)])).toEqual([90, 50]);
  });

  test("are pushed on by the one before, each line for itself", () => {
    expect(placeNames([wanted(0, 20, false), wanted(25, 45, false), wanted(0, 20, false, 30)])).toEqual([0, 40, 0]);
    expect(placeNames([wanted(80, 100, true), wanted(55, 75, true)])).toEqual([100, 60]);
  });

  test("keep the order of the eye where words of the other direction are quoted", () => {
    expect(placeNames([wanted(50, 90, false), wanted(0, 40, false)])).toEqual([50, 0]);
  });

  test("that would be pushed far away are left out", () => {
    expect(placeNames([wanted(0, 5, false), wanted(0, 5, false), wanted(0, 5, false), wanted(0, 5, false)])).toEqual([0, 40, 80, null]);
  });
});
