import { expect, test } from "vitest";
import { saidOf, titleOf, type PastItem, type PastPage } from "./history";

const pageOf = (...items: readonly (readonly [answer: string, skipped: string | null])[]): PastPage => ({
  submission: "s", at: 0, items: items.map(([answer, skipped], index): PastItem => ({ id: `i${index}`, name: `${index}.png`, answer, skipped })),
});

test("a page is told by its first item, and by what was said", () => {
  expect(titleOf(pageOf(["ant", null], ["bee", null]))).toBe("0.png");
  expect(saidOf(pageOf(["3 RBC, 1 WBC", null]))).toBe("3 RBC, 1 WBC");
  expect(saidOf(pageOf(["ant", null], ["bee", null], ["ant", null], ["", "Blurry"]))).toBe("2 ant, 1 bee, 1 Skipped: Blurry");
});
