import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LabelNode } from "../../api/types";
import { flatten } from "../tree";
import { changeOf, problemsOf } from "./change";
import { added, draftOf, dropped, edited, everyOf, moved, offeredAgain, rerouted, stepped, takenOut, withTree, type Draft, type Step, type Where } from "./draft";
import { linesOf } from "./summary";

const TREE: LabelNode[] = [{ name: "Animal", children: [{ name: "Cat" }, { name: "Dog" }] }, { name: "Rose" }, { name: "Tulip" }];

const start = (retired: string[] = []) => draftOf(TREE, retired);
const idOf = (draft: Draft, was: string) => everyOf(draft.roots).find((label) => label.was === was)?.id ?? "";
const renamed = (draft: Draft, was: string, name: string) => edited(draft, idOf(draft, was), { name });
const out = (draft: Draft, was: string, to: string | null) => takenOut(draft, idOf(draft, was), to === null ? null : idOf(draft, to));
const pathsIn = (labels: LabelNode[]) => flatten(labels).map(({ path }) => path);

describe("what an edited tree asks for", () => {
  test("nothing edited moves nothing", () => {
    const { moves, retired, labels } = changeOf(start(), []);
    expect([moves, retired]).toEqual([{}, []]);
    expect(pathsIn(labels)).toEqual(["Animal", "Animal/Cat", "Animal/Dog", "Rose", "Tulip"]);
  });

  test("a renamed label moves, with all that is below it", () => {
    expect(changeOf(renamed(start(), "Animal", "Beast"), []).moves).toEqual({ Animal: "Beast", "Animal/Cat": "Beast/Cat", "Animal/Dog": "Beast/Dog" });
  });

  test("two labels swap names", () => {
    expect(changeOf(renamed(renamed(start(), "Rose", "Tulip"), "Tulip", "Rose"), []).moves).toEqual({ Rose: "Tulip", Tulip: "Rose" });
  });

  test("a label under another parent moves", () => {
    const draft = start();
    expect(changeOf(moved(draft, idOf(draft, "Rose"), idOf(draft, "Animal"), 1), []).moves).toEqual({ Rose: "Animal/Rose" });
  });

  test("a label never goes below itself", () => {
    const draft = start();
    expect(moved(draft, idOf(draft, "Animal"), idOf(draft, "Animal/Cat"), 0)).toBe(draft);
    expect(out(draft, "Animal", "Animal/Cat")).toBe(draft);
  });

  test("merging moves the answers and what is below, into labels of the same name where there are any", () => {
    const { draft, id } = added(start(), null, "Pet");
    const withCat = added(draft, id, "Cat").draft;
    const { moves, retired, labels } = changeOf(takenOut(withCat, idOf(withCat, "Animal"), id), []);
    expect(moves).toEqual({ Animal: "Pet", "Animal/Cat": "Pet/Cat", "Animal/Dog": "Pet/Dog" });
    expect(retired).toEqual([]);
    expect(pathsIn(labels)).toEqual(["Rose", "Tulip", "Pet", "Pet/Cat", "Pet/Dog"]);
  });

  test("merging into a label that is then renamed, merged or retired follows it", () => {
    const merged = out(start(), "Rose", "Tulip");
    expect(changeOf(renamed(merged, "Tulip", "Flower"), []).moves).toEqual({ Rose: "Flower", Tulip: "Flower" });
    expect(changeOf(out(merged, "Tulip", "Animal"), []).moves).toEqual({ Rose: "Animal", Tulip: "Animal" });
    expect(changeOf(out(merged, "Tulip", null), [])).toMatchObject({ moves: {}, retired: ["Rose", "Tulip"] });
  });

  test("retiring keeps answers, also of what is below; a new label that is out again leaves no trace", () => {
    expect(changeOf(out(start(), "Animal", null), []).retired).toEqual(["Animal", "Animal/Cat", "Animal/Dog"]);
    const { draft, id } = added(start(), null, "Oops");
    expect(changeOf(takenOut(draft, id, null), [])).toEqual(changeOf(start(), []));
  });

  test("a label that is out and written anew is the same label", () => {
    const again = added(out(start(), "Rose", null), null, "Rose").draft;
    expect(changeOf(again, [])).toMatchObject({ moves: {}, retired: [] });
  });

  test("labels retired before are told no more, can move, and can be offered again", () => {
    const draft = start(["Weed", "Old/Fern"]);
    expect(changeOf(draft, ["Weed", "Old/Fern"]).retired).toEqual([]);
    expect(changeOf(rerouted(draft, "Weed", idOf(draft, "Rose")), ["Weed", "Old/Fern"]).moves).toEqual({ Weed: "Rose" });
    const again = changeOf(offeredAgain(draft, "Old/Fern"), ["Weed", "Old/Fern"]);
    expect(pathsIn(again.labels).slice(-2)).toEqual(["Old", "Old/Fern"]);
    expect(again.moves).toEqual({});
  });
});

describe("editing the tree", () => {
  test("steps go among siblings, in and out, and nowhere at the ends", () => {
    const draft = start();
    const order = (step: Step, was: string) => pathsIn(changeOf(stepped(draft, idOf(draft, was), step), []).labels);
    expect(order("up", "Rose")).toEqual(["Rose", "Animal", "Animal/Cat", "Animal/Dog", "Tulip"]);
    expect(order("down", "Rose")).toEqual(["Animal", "Animal/Cat", "Animal/Dog", "Tulip", "Rose"]);
    expect(order("in", "Rose")).toEqual(["Animal", "Animal/Cat", "Animal/Dog", "Animal/Rose", "Tulip"]);
    expect(order("out", "Animal/Cat")).toEqual(["Animal", "Animal/Dog", "Cat", "Rose", "Tulip"]);
    for (const [step, was] of [["up", "Animal"], ["down", "Tulip"], ["in", "Animal"], ["out", "Rose"]] as const) expect(stepped(draft, idOf(draft, was), step)).toBe(draft);
  });

  test("a list that is pasted adds what is missing", () => {
    const { labels } = changeOf(withTree(start(), [{ name: "Animal", children: [{ name: "Cat" }, { name: "Emu" }] }, { name: "Fern" }]), []);
    expect(pathsIn(labels)).toEqual(["Animal", "Animal/Cat", "Animal/Dog", "Animal/Emu", "Rose", "Tulip", "Fern"]);
  });

  test("names are checked beside their labels", () => {
    const draft = renamed(renamed(renamed(start(), "Rose", " "), "Tulip", "Animal"), "Animal/Cat", "a/b");
    const { names } = problemsOf(draft, "images");
    expect(["Animal", "Rose", "Tulip", "Animal/Cat"].map((was) => names.has(idOf(draft, was)))).toEqual([false, true, true, true]);
    expect(problemsOf(draftOf([], []), "images").names.get("")).toBe("A project needs a label.");
  });

  test("a label keeps its key wherever it goes, and loses it when it is out", () => {
    const draft = draftOf([{ name: "Rose", key: "r" }, { name: "Tulip", key: "t" }], []);
    const flower = added(draft, null, "Flower");
    const below = renamed(moved(flower.draft, idOf(draft, "Rose"), flower.id, 0), "Rose", "Dog rose");
    const keys = (of: Draft) => flatten(changeOf(of, []).labels).map(({ path, key }) => [path, key]);
    expect(keys(below)).toEqual([["Tulip", "t"], ["Flower", null], ["Flower/Dog rose", "r"]]);
    expect([...problemsOf(edited(below, flower.id, { key: "r" }), "images").keys.keys()]).toEqual(["Flower/Dog rose"]);
    expect(keys(edited(out(below, "Rose", null), flower.id, { key: "r" }))).toEqual([["Tulip", "t"], ["Flower", "r"]]);
  });
});

type Doing = (draft: Draft, ids: readonly string[], one: number, other: number) => Draft;

const DOINGS: readonly Doing[] = [
  (draft, ids, one, other) => edited(draft, ids[one % ids.length] ?? "", { name: `n${other}` }),
  (draft, ids, one, other) => moved(draft, ids[one % ids.length] ?? "", ids[other % ids.length] ?? null, 0),
  (draft, ids, one, other) => takenOut(draft, ids[one % ids.length] ?? "", ids[other % ids.length] ?? null),
  (draft, ids, one) => takenOut(draft, ids[one % ids.length] ?? "", null),
  (draft, ids, one, other) => added(draft, ids[one % ids.length] ?? null, `new${other}`).draft,
];

test("whatever is done, every label that was is there, moves to one that is, or is retired", () => {
  const step = fc.tuple(fc.nat(DOINGS.length - 1), fc.nat(20), fc.nat(20));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const draft = steps.reduce((before, [doing, one, other]) => {
        const ids = everyOf(before.roots).map(({ id }) => id);
        return DOINGS[doing]?.(before, ids, one, other) ?? before;
      }, start());
      const { labels, moves, retired } = changeOf(draft, []);
      const now = new Set(pathsIn(labels));
      for (const was of pathsIn(TREE)) expect([now.has(was), was in moves, retired.includes(was)]).toContain(true);
      for (const to of Object.values(moves)) expect(now).toContain(to);
      for (const was of retired) expect([now.has(was), was in moves]).toEqual([false, false]);
    }),
  );
});

test("the summary counts items, and says of what goes along only how much", () => {
  const draft = out(renamed(start(), "Animal", "Beast"), "Rose", "Tulip");
  const facts = { before: TREE, draft, change: changeOf(draft, []), counts: new Map([["Animal", 3], ["Rose", 1204]]), item: "image" };
  expect(linesOf(facts)).toEqual([
    { what: "Animal → Beast, with 2 labels below it", few: "3 images" },
    { what: "Rose → Tulip (made one)", few: "1,204 images" },
  ]);
  expect(linesOf({ ...facts, draft: start(), change: changeOf(start(), []) })).toEqual([]);
});

test("the summary tells of looks, of new labels and of those that are offered no more", () => {
  const draft = start();
  const painted = edited(draft, idOf(draft, "Rose"), { color: "#112233", description: "It has thorns.", key: "r" });
  const changed = out(stepped(added(painted, null, "Fern").draft, idOf(draft, "Rose"), "up"), "Tulip", null);
  expect(linesOf({ before: TREE, draft: changed, change: changeOf(changed, []), counts: new Map([["Tulip", 1]]), item: "text" }).map(({ what, few }) => `${what}: ${few}`)).toEqual([
    "Tulip is offered no more: 1 text keeps it",
    "Fern is new: ",
    "1 label in another colour: ",
    "1 description changed: ",
    "1 key changed: ",
    "Another order, and so other keys: ",
  ]);
});

test("a label is dropped before, behind or into another, never below itself", () => {
  const draft = start();
  const order = (was: string, target: string, where: Where) => pathsIn(changeOf(dropped(draft, idOf(draft, was), idOf(draft, target), where), []).labels);
  expect(order("Tulip", "Animal", "before")[0]).toBe("Tulip");
  expect(order("Animal", "Rose", "after")).toEqual(["Rose", "Animal", "Animal/Cat", "Animal/Dog", "Tulip"]);
  expect(order("Rose", "Animal/Cat", "inside")).toEqual(["Animal", "Animal/Cat", "Animal/Cat/Rose", "Animal/Dog", "Tulip"]);
  expect(dropped(draft, idOf(draft, "Animal"), idOf(draft, "Animal/Dog"), "inside")).toBe(draft);
});
