import { expect, test } from "vitest";
import { isUnsure } from "../canvas/suggestion";
import { sameLayers, viewedRegions } from "./viewedRegions";

const box = { label: "cell", x: 1, y: 2, width: 3, height: 4 };
const mine = { key: "ben", answer: { boxes: [box] }, color: "#112233" };
const standing = { key: "standing", answer: { boxes: [box, { ...box, label: "germ" }] }, color: null };

test("each layer's regions have a name of their own, and its colour or their label's", () => {
  const { document, faces } = viewedRegions([standing, mine], new Map([["cell", "#aa0000"]]));
  expect(document.marks.map(({ id }) => id)).toEqual(["standing 1", "standing 2", "ben 1"]);
  expect(document.marks.map(({ label }) => faces.get(label))).toEqual([
    { name: "cell", color: "#aa0000" },
    { name: "germ", color: "#ffffff" },
    { name: "cell", color: "#112233" },
  ]);
});

test("a dashed layer is drawn as nobody's yet", () => {
  const unsure = (dashed: boolean) => viewedRegions([{ ...mine, dashed }], new Map()).document.marks.map(isUnsure);
  expect([unsure(true), unsure(false)]).toEqual([[true], [false]]);
});

test("an answer without regions has none", () => {
  expect(viewedRegions([{ ...mine, answer: { labels: ["cell"] } }], new Map()).document.marks).toEqual([]);
});

test("layers are the same as long as nothing of them changes", () => {
  expect(sameLayers([standing, mine], [{ ...standing }, { ...mine }])).toBe(true);
  expect(sameLayers([standing, mine], [standing])).toBe(false);
  expect(sameLayers([mine], [{ ...mine, color: null }])).toBe(false);
});
