import { expect, test } from "vitest";
import { matches } from "./matches";

test("every word that is wanted is somewhere in the text", () => {
  const wanted = ["", " ", "cells", "CELLS blood", "blood  ce ", "cell bone"];
  expect(wanted.map((words) => matches("Blood cells, 2026", words))).toEqual([true, true, true, true, true, false]);
});
