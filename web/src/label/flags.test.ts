import { expect, test } from "vitest";
import type { Task } from "../api/types";
import { taskOf } from "../testing/fakeServer";
import { submissionOf } from "./answer";
import { flag, flagsOn } from "./flags";
import { hasDrafts, pageOf, type Page } from "./page";

const answered = (task: Task): Page => ({ ...pageOf(task), drafts: Object.fromEntries(task.items.map(({ id }) => [id, { labels: ["cat"], skipped: null }])) });
const flagsSent = (page: Page) => submissionOf(page, "s", () => null).answers.map((answer) => answer.flag ?? null);

test("a note goes with the item under the cursor, or with all that are selected", () => {
  const page = answered(taskOf("t", ["a", "b", "c"]));
  expect(flagsSent(flag({ ...page, cursor: 1 }, "Two cats?"))).toEqual([null, "Two cats?", null]);
  const both = flag({ ...page, selected: new Set(["a", "c"]) }, "Blurry");
  expect(flagsSent(both)).toEqual(["Blurry", null, "Blurry"]);
  expect(flagsOn(both)).toEqual([{ number: 1, note: "Blurry" }, { number: 3, note: "Blurry" }]);
  expect(flagsSent(flag({ ...both, selected: new Set(), cursor: 2 }, null))).toEqual(["Blurry", null, null]);
});

test("a page comes back with its flags; to take one away is a change", () => {
  const task = taskOf("t", ["a"]);
  const page = pageOf({ ...task, items: task.items.map((item) => ({ ...item, flag: "Two cats?", previous: { labels: ["cat"] } })) });
  expect(flagsSent(page)).toEqual(["Two cats?"]);
  expect(hasDrafts(page)).toBe(false);
  expect(hasDrafts(flag(page, null))).toBe(true);
});
