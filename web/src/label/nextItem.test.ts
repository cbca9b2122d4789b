import { expect, test } from "vitest";
import { taskOf } from "../testing/fakeServer";
import { nextItem } from "./nextItem";
import { moveTo, pageOf } from "./page";

const two = pageOf(taskOf("t", ["a", "b"]));
const after = pageOf(taskOf("u", ["c"]));
const texts = { ...after, task: { ...after.task, items: after.task.items.map((item) => ({ ...item, text: "Words." })) } };

test.each([
  ["the next of the page", [two, after], 1, "b"],
  ["the first of the next page", [moveTo(two, 1), after], 1, "c"],
  ["none where there is no other", [moveTo(two, 1)], 1, undefined],
  ["none where several share the screen", [two, after], 4, undefined],
  ["none where it is a text", [moveTo(two, 1), texts], 1, undefined],
] as const)("the image to come is %s", (_name, pages, layout, id) => {
  expect(nextItem({ pages, layout })?.id).toBe(id);
});
