import { expect, test } from "vitest";
import openapi from "../../openapi.json";
import { kindOf } from "../kinds/kinds";
import { DEFAULTS, qualityLines } from "./quality";

test("the defaults are the API's", () => {
  expect(openapi.components.schemas.NewProject.properties.quality.default).toEqual(DEFAULTS);
});

test("one labeler needs few words", () => {
  expect(qualityLines(DEFAULTS, kindOf("image_multiclass"))).toEqual([
    ["Labelers", "one for each image"],
    ["Known answers", "5% of what is handed out"],
  ]);
});

test("several labelers: what is the same, and what decides", () => {
  const agreement = { threshold: 0.75, iou: 0.5, label_iou: { cell: 0.7 }, tie_break: "first_vote" } as const;
  expect(qualityLines({ consensus: true, min_labelers: 2, max_labelers: 5, gold_rate: 0, agreement }, kindOf("object_detection"))).toEqual([
    ["Labelers", "2 to 5 for each image"],
    ["Settled from", "75% agreement on"],
    ["Same region", "from 50% overlap on; cell 70%"],
    ["A tie is decided by", "the vote that came first"],
    ["Known answers", "none"],
  ]);
  expect(qualityLines({ consensus: true, min_labelers: 2, max_labelers: 2 }, kindOf("text_ner")).map(([name]) => name)).toContain("Same entity");
});
