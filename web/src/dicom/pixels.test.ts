import { expect, test } from "vitest";
import { fullRange, greys, numbersOf, paint, presets } from "./pixels";

const plain = { signed: false, slope: 1, intercept: 0, inverted: false };
const tomography = { signed: true, slope: 1, intercept: -1024, inverted: false };

test("numbers are little-endian, and signed ones keep their bits", () => {
  expect([...numbersOf(new Uint8Array([1, 2, 0xff, 0xff]).buffer)]).toEqual([0x0201, 0xffff]);
});

test("a window of 0 to 255 shows each number as it is", () => {
  const table = greys(plain, { center: 128, width: 256, name: "" });
  expect([0, 1, 100, 255, 256, 65_535].map((number) => table[number])).toEqual([0, 1, 100, 255, 255, 255]);
});

test("low values are bright where the file says so", () => {
  const table = greys({ ...plain, inverted: true }, { center: 128, width: 256, name: "" });
  expect([0, 100, 255, 9999].map((number) => table[number])).toEqual([255, 155, 0, 0]);
});

test("slope, intercept and sign make values of numbers", () => {
  // Values: 24 - 1024 = -1000, and 65,535 stands for -1, so -1025; the window is -1350 to 150.
  const table = greys(tomography, { center: -600, width: 1500, name: "Lung" });
  expect(table[24]).toBe(Math.round(((-1000 - -600.5) / 1499 + 0.5) * 255));
  expect(table[65_535]).toBe(Math.round(((-1025 - -600.5) / 1499 + 0.5) * 255));
  expect(table[3000]).toBe(255);
});

test("the full range is from the lowest to the highest value", () => {
  expect(fullRange(new Uint16Array([5, 9, 7]), plain)).toEqual({ center: 7.5, width: 5, name: "Full range" });
  expect(fullRange(new Uint16Array([65_535, 1]), tomography)).toEqual({ center: -1023.5, width: 3, name: "Full range" });
});

test("pixels are opaque greys", () => {
  const pixels = new Uint32Array(2);
  paint(pixels, new Uint16Array([0, 200]), greys(plain, { center: 128, width: 256, name: "" }));
  expect([...new Uint8Array(pixels.buffer)]).toEqual([0, 0, 0, 255, 200, 200, 200, 255]);
});

test("presets are the file's own, everything, and the usual ones of tomography", () => {
  const full = { center: 1, width: 2, name: "Full range" };
  expect(presets([{ center: 40, width: 400, name: "" }], full, plain).map(({ name }) => name)).toEqual(["As stored", "Full range"]);
  expect(presets([], full, tomography).map(({ name }) => name)).toContain("Lung");
});
