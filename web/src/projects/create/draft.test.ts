import { expect, test } from "vitest";
import { PALETTE } from "../../labels/palette";
import { coloredTree, EMPTY_DRAFT, errorsIn, loadDraft, newProjectOf, saveDraft } from "./draft";
import { destinations, isImage } from "./upload";

test("every label gets the next colour unless one was chosen", () => {
  expect(coloredTree("Animal\n  Cat\nCar", { "Animal/Cat": "#abcdef" })).toEqual([
    { name: "Animal", color: PALETTE[0], children: [{ name: "Cat", color: "#abcdef", children: [] }] },
    { name: "Car", color: PALETTE[2], children: [] },
  ]);
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
  expect([isImage("a.JPEG"), isImage("a.txt")]).toEqual([true, false]);
});
