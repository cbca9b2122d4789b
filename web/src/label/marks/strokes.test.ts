import { expect, test } from "vitest";
import { strokesOf } from "./strokes";

const none: ReadonlySet<string> = new Set();
const some: ReadonlySet<string> = new Set(["1"]);

test.each([
  ["nothing", { tool: "box", pending: null, selected: none }, []],
  ["a tool that goes point by point", { tool: "hole", pending: null, selected: none }, ["finish", "cancel"]],
  ["a selection", { tool: "box", pending: null, selected: some }, ["cancel", "delete"]],
  ["both", { tool: "polygon", pending: null, selected: some }, ["finish", "cancel", "delete"]],
  ["words at hand", { tool: "select", pending: { start: 0, end: 3, anchor: 0 }, selected: none }, ["mark", "cancel"]],
] as const)("fingers are offered for %s: %o", (_name, state, strokes) => {
  expect(strokesOf(state)).toEqual(strokes);
});
