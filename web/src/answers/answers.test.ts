import { expect, test } from "vitest";
import type { Answer } from "../api/types";
import { answerText } from "./answerText";
import { regionAnswer, regionsOf } from "./regions";

const boxes: Answer = { boxes: [{ label: "RBC", x: 1.5, y: 2, width: 3, height: 4 }, { label: "WBC", x: 5, y: 6, width: 7, height: 8 }, { label: "RBC", x: 9, y: 1, width: 2, height: 3 }] };
const polygons: Answer = { polygons: [{ label: "leaf", parts: [[0, 1, 20, 3, 4, 50]], holes: [[5, 6, 8, 6, 6, 9]] }] };
const masks: Answer = { masks: [{ label: "sky", rle: { size: [3, 4], counts: "012" } }] };

test.each([["boxes", boxes], ["polygons", polygons], ["masks", masks]] as const)("%s go to the canvas and back", (kind, answer) => {
  expect(regionAnswer(kind, regionsOf(answer))).toEqual(answer);
});

test("prelabels are marked as such, and regions are numbered", () => {
  expect(regionsOf(boxes, true)[1]).toEqual({ shape: "box", id: "2", label: "WBC", suggested: true, x: 5, y: 6, width: 7, height: 8 });
  expect(regionsOf(boxes)[0]).not.toHaveProperty("suggested");
});

test("an answer is told in a line", () => {
  expect(answerText(boxes, null)).toBe("2 RBC, 1 WBC");
  expect(answerText({ polygons: [] }, null)).toBe("Nothing here");
  expect(answerText({ labels: ["a", "b"] }, null)).toBe("a, b");
  expect(answerText(null, "dark")).toBe("Skipped: dark");
});
