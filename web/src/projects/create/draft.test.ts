import { expect, test } from "vitest";
import { PALETTE } from "../../labels/palette";
import { EMPTY_DRAFT, errorsIn, keyProblemsIn, loadDraft, newProjectOf, saveDraft, treeOf } from "./draft";
import { kindOf } from "../../kinds/kinds";
import { acceptsFor } from "./accepts";
import { guessed } from "./MltableOptions";
import { destinations } from "../upload/upload";

test("every label gets the next colour unless one was chosen, and its key", () => {
  expect(treeOf({ labels: "Animal\n  Cat\nCar", colors: { "Animal/Cat": "#abcdef" }, keys: { "Animal/Cat": "c", Dog: "d" } })).toEqual([
    { name: "Animal", color: PALETTE[0], key: null, children: [{ name: "Cat", color: "#abcdef", key: "c", children: [] }] },
    { name: "Car", color: PALETTE[2], key: null, children: [] },
  ]);
});

test("a key that the kind's page has is told beside its label", () => {
  const draft = { ...EMPTY_DRAFT, name: "n", path: "p/**", labels: "cell\nplate", keys: { cell: "r", plate: "b" } };
  expect([errorsIn(draft), [...keyProblemsIn({ ...draft, kind: "object_detection" })]]).toEqual([{}, [["cell", "R is “Box” on the labeling page. Free letters: A C E P U."]]]);
  expect(Object.keys(errorsIn({ ...draft, kind: "object_detection" }))).toEqual(["keys"]);
});

test("says beside each field what is wrong", () => {
  expect(Object.keys(errorsIn({ ...EMPTY_DRAFT, leaseMinutes: "0" })).sort()).toEqual(["labels", "lease_minutes", "name", "path"]);
  expect(errorsIn({ ...EMPTY_DRAFT, name: "n", path: "p/**", labels: "a" })).toEqual({});
});

test("what was typed is there again on the next visit", () => {
  saveDraft({ ...EMPTY_DRAFT, name: "half done" });
  expect(loadDraft().name).toBe("half done");
  saveDraft(null);
  expect(loadDraft()).toEqual(EMPTY_DRAFT);
});

test("makes the project that the API wants", () => {
  const draft = { ...EMPTY_DRAFT, name: " n ", datastore: "data", path: " p/** ", labels: "a", url: " " };
  expect(newProjectOf(draft)).toMatchObject({ name: "n", data: { path: "p/**", type: "files" }, instructions: { text: "", url: null }, lease_minutes: 30 });
});

test("uploads go below the folder", () => {
  const file = new File([], "a.png");
  expect(destinations([{ file, path: "may/a.png" }], "/hands/").map(({ path }) => path)).toEqual(["hands/may/a.png"]);
});

test.each([
  ["image_multiclass", "files", ["a.JPEG", "b.dcm"]],
  ["text_ner", "files", ["c.txt"]],
  ["text_ner", "tabular", ["d.CSV", "e.tsv"]],
  ["object_detection", "mltable", ["a.JPEG", "b.dcm", "c.txt", "d.CSV", "e.tsv", "MLTable"]],
] as const)("for %s of %s are uploaded %j", (kind, type, wanted) => {
  const all = ["a.JPEG", "b.dcm", "c.txt", "d.CSV", "e.tsv", "MLTable"];
  expect(all.filter(acceptsFor(kindOf(kind), type).test)).toEqual(wanted);
});

test("the rows of a table and an MLTable say which columns count", () => {
  const draft = { ...EMPTY_DRAFT, name: "n", path: "t", labels: "a", mapping: { image: "image_url", category: "", confidence: "score" } };
  expect(newProjectOf({ ...draft, kind: "text_ner", dataType: "tabular", header: false, columns: ["2"] }).data).toMatchObject({ type: "tabular", header: false, columns: ["2"] });
  expect(newProjectOf({ ...draft, dataType: "mltable" }).data).toMatchObject({ type: "mltable", columns: { image: "image_url" }, import_as: null });
  const labeled = { ...draft, dataType: "mltable" as const, mapping: { ...draft.mapping, category: "label" }, importAs: "labels" as const };
  expect(newProjectOf(labeled).data).toMatchObject({ columns: { image: "image_url", category: "label", confidence: "score" }, import_as: "labels" });
  expect(errorsIn({ ...draft, dataType: "mltable", mapping: { image: "", category: "", confidence: "" } }).columns).toBeDefined();
});

test("quality is asked for as the API wants it, and only what fits the kind", () => {
  const several = { ...EMPTY_DRAFT.quality, consensus: true, threshold: "75", gold: "10" };
  const ready = { ...EMPTY_DRAFT, name: "n", path: "p/**", labels: "a", quality: several };
  expect(newProjectOf({ ...ready, kind: "object_detection" }).quality).toEqual({
    consensus: true, min_labelers: 2, max_labelers: 3, gold_rate: 0.1, agreement: { threshold: 0.75, iou: 0.5, spans: "exact", tie_break: "none" },
  });
  expect(newProjectOf(EMPTY_DRAFT).quality).toEqual({ consensus: false, gold_rate: 0.05 });
  expect(errorsIn(ready)).toEqual({});
  const wrong = { ...several, least: "4", threshold: "0", iou: "", gold: "51" };
  expect(Object.keys(errorsIn({ ...ready, kind: "object_detection", quality: wrong })).sort()).toEqual(["gold_rate", "iou", "max_labelers", "threshold"]);
  expect(Object.keys(errorsIn({ ...ready, quality: { ...wrong, consensus: false } }))).toEqual(["gold_rate"]);
});

test("models learn where that is wanted", () => {
  const ready = { ...EMPTY_DRAFT, name: "n", path: "p/**", labels: "a", target: "90" };
  expect([newProjectOf(ready).assist, newProjectOf({ ...ready, models: true }).assist]).toEqual([{ enabled: false }, { enabled: true, target: 0.9 }]);
  expect([errorsIn({ ...ready, target: "" }).target, errorsIn({ ...ready, models: true, target: "" }).target]).toEqual([undefined, "From 50 to 99.9 percent."]);
});

test("a vendor has a name, and perhaps an admin", () => {
  const draft = { ...EMPTY_DRAFT, name: "n", path: "p/**", labels: "a", hasVendor: true };
  expect(errorsIn({ ...draft, vendorEmail: "nobody" })).toMatchObject({ vendor_name: expect.any(String) as string, vendor_email: expect.any(String) as string });
  expect(newProjectOf({ ...draft, vendorName: " Acme " }).vendor).toEqual({ name: "Acme", admin_email: null });
  expect(newProjectOf(EMPTY_DRAFT).vendor).toBeNull();
});

test("columns are known by their usual names", () => {
  expect(guessed(["id", "image_url", "label", "label_confidence"])).toEqual({ image: "image_url", category: "label", confidence: "label_confidence" });
  expect(guessed(["a", "b"])).toEqual({ image: "", category: "", confidence: "" });
});
