import { expect, test } from "vitest";
import type { Answer } from "../api/types";
import { answerText } from "./answerText";
import { regionAnswer, regionsOf } from "./regions";
import { partOf, suggestionOf } from "./suggestions";

const boxes: Answer = { boxes: [{ label: "RBC", x: 1.5, y: 2, width: 3, height: 4 }, { label: "WBC", x: 5, y: 6, width: 7, height: 8 }, { label: "RBC", x: 9, y: 1, width: 2, height: 3 }] };
const polygons: Answer = { polygons: [{ label: "leaf", parts: [[0, 1, 20, 3, 4, 50]], holes: [[5, 6, 8, 6, 6, 9]] }] };
const masks: Answer = { masks: [{ label: "sky", rle: { size: [3, 4], counts: "012" } }] };

test.each([["boxes", boxes], ["polygons", polygons], ["masks", masks]] as const)("%s go to the canvas and back", (kind, answer) => {
  expect(regionAnswer(kind, regionsOf(answer))).toEqual(answer);
});

test("regions are numbered, and those of a prelabel know how sure they are", () => {
  const said = { confidence: 0.6, confidences: [0.97, 0.61, 0.99], trusted: false, unsure: [1] };
  expect(regionsOf(boxes, said)[1]).toEqual({ shape: "box", id: "2", label: "WBC", suggested: { confidence: 0.61, trusted: false }, x: 5, y: 6, width: 7, height: 8 });
  expect(regionsOf(boxes, said).map(({ suggested }) => suggested?.trusted)).toEqual([true, false, true]);
  expect(regionsOf(boxes)[0]).not.toHaveProperty("suggested");
});

test("nobody vouches for a prelabel from a file", () => {
  expect(partOf({}, 0)).toEqual({ confidence: null, trusted: null });
  expect(partOf({ trusted: null, confidences: [0.5], unsure: [] }, 0)).toEqual({ confidence: 0.5, trusted: null });
  expect(suggestionOf({ confidence: 0.5 })).toEqual({ confidence: 0.5, trusted: null });
});

test("an answer is told in a line", () => {
  expect(answerText(boxes, null)).toBe("2 RBC, 1 WBC");
  expect(answerText({ polygons: [] }, null)).toBe("Nothing here");
  expect(answerText({ labels: ["a", "b"] }, null)).toBe("a, b");
  expect(answerText(null, "dark")).toBe("Skipped: dark");
});
