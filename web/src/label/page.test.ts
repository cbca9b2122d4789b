import { describe, expect, test } from "vitest";
import { kindOf } from "../kinds/kinds";
import { taskOf } from "../testing/fakeServer";
import { applyLabel, clear, skip, submissionOf } from "./answer";
import { spend } from "./clock";
import { gridFor } from "./layout";
import { missing, move, moveTo, pageOf, undoOnce, visible, type Page } from "./page";
import { selectAll, selectRange, toggleAt } from "./select";

const one = kindOf("image_multiclass");
const many = kindOf("image_multilabel");
const nine = () => pageOf(taskOf("t", ["a", "b", "c", "d", "e", "f", "g", "h", "i"]));
const labelsOf = (page: Page) => Object.fromEntries(Object.entries(page.drafts).map(([id, draft]) => [id, draft.labels]));

describe("labeling one label per item", () => {
  test("labels the current item and goes to the next without an answer", () => {
    const page = applyLabel(nine(), "cat", one, 9);
    expect(labelsOf(page)).toEqual({ a: ["cat"] });
    expect(page.cursor).toBe(1);
  });

  test("replaces an answer", () => {
    const page = applyLabel(moveTo(applyLabel(nine(), "cat", one, 9), 0), "dog", one, 9);
    expect(labelsOf(page)).toEqual({ a: ["dog"] });
  });

  test("labels the whole selection at once and deselects it", () => {
    const page = applyLabel(selectRange(nine(), 2), "cat", one, 9);
    expect(labelsOf(page)).toEqual({ a: ["cat"], b: ["cat"], c: ["cat"] });
    expect(page.selected.size).toBe(0);
    expect(page.cursor).toBe(3);
  });

  test("wraps to the first gap after the last item", () => {
    const page = applyLabel(moveTo(nine(), 8), "cat", one, 9);
    expect(page.cursor).toBe(0);
  });
});

describe("labeling several labels per item", () => {
  test("toggles a label and stays, since the image may want another", () => {
    const both = applyLabel(applyLabel(nine(), "cat", many, 9), "dog", many, 9);
    expect(labelsOf(both)).toEqual({ a: ["cat", "dog"] });
    expect(both.cursor).toBe(0);
    expect(labelsOf(applyLabel(both, "cat", many, 9))).toEqual({ a: ["dog"] });
  });

  test("gives a label to all of a selection before it takes it from all", () => {
    const first = applyLabel(nine(), "cat", many, 9);
    const all = applyLabel(selectRange(first, 1), "cat", many, 9);
    expect(labelsOf(all)).toEqual({ a: ["cat"], b: ["cat"] });
    expect(labelsOf(applyLabel(all, "cat", many, 9))).toEqual({});
  });

  test("starts a new selection after the old one was used", () => {
    const used = applyLabel(selectRange(nine(), 1), "cat", many, 9);
    expect([...toggleAt(used, 4).selected]).toEqual(["e"]);
    expect([...move(used, 9, "right").selected]).toEqual([]);
  });
});

describe("undo, skip and clear", () => {
  test("undo goes back one decision at a time", () => {
    const page = applyLabel(applyLabel(nine(), "cat", one, 9), "dog", one, 9);
    expect(labelsOf(undoOnce(page))).toEqual({ a: ["cat"] });
    expect(labelsOf(undoOnce(undoOnce(page)))).toEqual({});
    const fresh = nine();
    expect(undoOnce(fresh)).toEqual(fresh);
  });

  test("a skipped item has a reason instead of labels", () => {
    const page = skip(applyLabel(nine(), "cat", one, 9), "blurry", 9);
    expect(page.drafts).toMatchObject({ b: { labels: [], skipped: "blurry" } });
    expect(missing(page)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  test("clearing what has no answer changes nothing, not even what undo would do", () => {
    const page = nine();
    expect(clear(page, ["a"])).toBe(page);
  });
});

describe("layouts", () => {
  test("a smaller layout shows the part of the task that holds the cursor, and loses no answer", () => {
    const page = moveTo(applyLabel(nine(), "cat", one, 9), 5);
    expect(visible(page, 4)).toMatchObject({ start: 4, items: [{ id: "e" }, { id: "f" }, { id: "g" }, { id: "h" }] });
    expect(labelsOf(page)).toEqual({ a: ["cat"] });
  });

  test("labeling does not jump to another part by itself", () => {
    const full = ["cat", "cat", "cat", "cat"].reduce((page, label) => applyLabel(page, label, one, 4), nine());
    expect(full.cursor).toBe(3);
  });

  test("arrows move by the rows on screen and stay inside them", () => {
    expect(move(nine(), 9, "down").cursor).toBe(3);
    expect(move(nine(), 4, "down").cursor).toBe(2);
    expect(move(nine(), 9, "up").cursor).toBe(0);
    expect(move(moveTo(nine(), 3), 4, "right").cursor).toBe(4);
  });

  test("select all takes what is on screen, and again gives it up", () => {
    const all = selectAll(nine(), 4);
    expect([...all.selected]).toEqual(["a", "b", "c", "d"]);
    expect(selectAll(all, 4).selected.size).toBe(0);
  });

  test("a short last page uses the smallest grid that fits", () => {
    expect(gridFor(5, 9)).toEqual({ columns: 3, rows: 2 });
    expect(gridFor(1, 9)).toEqual({ columns: 1, rows: 1 });
    expect(gridFor(9, 4)).toEqual({ columns: 2, rows: 2 });
  });
});

test("a submission carries answers, reasons, sizes and seconds", () => {
  const answered = skip(applyLabel(pageOf(taskOf("t", ["a", "b"])), "cat", one, 4), "dark", 4);
  const timed = spend(spend(answered, ["a"], 1240), ["a", "b"], 1000);
  const size = (id: string) => (id === "a" ? ([640, 480] as const) : null);
  expect(submissionOf(timed, "s", size)).toEqual({
    submission: "s",
    answers: [
      { item: "a", answer: { labels: ["cat"] }, skipped: null, width: 640, height: 480, seconds: 1.7 },
      { item: "b", answer: null, skipped: "dark", width: null, height: null, seconds: 0.5 },
    ],
  });
});
