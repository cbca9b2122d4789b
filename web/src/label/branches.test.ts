import { expect, test } from "vitest";
import { flatten } from "../labels/tree";
import { branchesOf, foldedBy, storedFolds, storeFolds, unfolded } from "./branches";

const labels = flatten([{ name: "Hand", children: [{ name: "open", children: [{ name: "left" }] }, { name: "shut" }] }, { name: "Handle" }]);
const branches = branchesOf(labels);
const seen = (...folded: string[]) => unfolded(labels, new Set(folded)).map(({ path }) => path);
const label = (path: string) => labels.find((one) => one.path === path) ?? expect.fail(path);

test("what lies below a folded branch is not seen", () => {
  expect([...branches]).toEqual(["Hand", "Hand/open"]);
  expect(seen()).toHaveLength(5);
  expect(seen("Hand/open")).toEqual(["Hand", "Hand/open", "Hand/shut", "Handle"]);
  expect(seen("Hand")).toEqual(["Hand", "Handle"]);
});

test.each([
  ["ArrowLeft", "Hand", [], ["Hand"]],
  ["ArrowLeft", "Hand/open/left", [], ["Hand/open"]],
  ["ArrowLeft", "Hand/open", ["Hand/open"], ["Hand/open", "Hand"]],
  ["ArrowLeft", "Handle", [], null],
  ["ArrowRight", "Hand", ["Hand"], []],
  ["ArrowRight", "Hand", [], null],
  ["ArrowDown", "Hand", [], null],
] as const)("%s on %s, with %j folded, gives %j", (key, path, folded, after) => {
  const found = foldedBy(key, label(path), branches, new Set(folded));
  expect(found && [...found]).toEqual(after);
});

test("what is folded is remembered, for each project", () => {
  storeFolds("p", new Set(["Hand", "Hand/open"]));
  storeFolds("q", new Set(["Hand"]));
  storeFolds("q", new Set());
  expect([...storedFolds("p")]).toEqual(["Hand", "Hand/open"]);
  expect(storedFolds("q").size).toBe(0);
  expect(localStorage.getItem("tagwerk.folded.q")).toBeNull();
});

test.each(["{", "7", "null"])("a browser that remembers %s has nothing folded", (stored) => {
  localStorage.setItem("tagwerk.folded.p", stored);
  expect(storedFolds("p").size).toBe(0);
});
