import { expect, test } from "vitest";
import type { Answer, KindId, Task } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { taskOf } from "../testing/fakeServer";
import { applyLabel, submissionOf } from "./answer";
import type { Marking } from "./marks/marking";
import { hasDrafts, pageOf } from "./page";
import { regionMarking } from "./regions/marking";
import { spanMarking } from "./spans/marking";

const CASES: readonly (readonly [KindId, Marking | null, Answer])[] = [
  ["image_multiclass", null, { labels: ["cat"] }],
  ["image_multilabel", null, { labels: ["cat", "dog"] }],
  ["object_detection", regionMarking("boxes"), { boxes: [{ label: "cat", x: 1, y: 2, width: 3, height: 4 }] }],
  ["instance_segmentation", regionMarking("polygons"), { polygons: [{ label: "cat", parts: [[0, 1, 20, 3, 4, 50]], holes: [] }] }],
  ["semantic_segmentation", regionMarking("masks"), { masks: [{ label: "cat", rle: { size: [3, 4], counts: "012" } }] }],
  ["text_ner", spanMarking, { spans: [{ label: "PER", start: 2, end: 5 }] }],
];

function fresh(previous: Answer): Task {
  const task = taskOf("t", ["a"]);
  return { ...task, items: task.items.map((item) => ({ ...item, text: "👋 Ada left", previous, prelabel: null })) };
}

test.each(CASES)("a fresh task of %s begins with the answer of before, as the labeler's own", (_, marking, previous) => {
  const page = pageOf(fresh(previous), marking);
  expect(submissionOf(page, "s", () => null, marking).answers[0]?.answer).toEqual(previous);
  expect(Object.values(page.marks).flatMap(({ marks }) => marks).some(({ suggested }) => suggested !== undefined)).toBe(false);
  expect(page.drafts.a?.suggested).toBeUndefined();
});

test("what a page began with is not lost with it, what was changed is", () => {
  const page = pageOf(fresh({ labels: ["cat"] }));
  expect(hasDrafts(page)).toBe(false);
  expect(hasDrafts(applyLabel(page, "dog", kindOf("image_multiclass"), 1))).toBe(true);
});
