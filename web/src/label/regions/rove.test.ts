import { expect, test } from "vitest";
import { roved } from "./rove";

test.each([
  [0, "ArrowDown", 1],
  [2, "ArrowRight", 0],
  [0, "ArrowUp", 2],
  [1, "ArrowLeft", 0],
  [1, "Home", 0],
  [1, "End", 2],
  [1, "Enter", null],
] as const)("from %i of three, %s goes to %o", (at, key, to) => {
  expect(roved(at, 3, key)).toBe(to);
});
