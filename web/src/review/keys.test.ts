import { expect, test } from "vitest";
import { key } from "../testing/newSession";
import { reviewCommand } from "./keys";

test("arrows go through the grid, and from item to item inside one", () => {
  expect(reviewCommand(key("ArrowDown"), false)).toEqual({ do: "move", to: "down", extends: false });
  expect(reviewCommand(key("ArrowRight", { shiftKey: true }), false)).toEqual({ do: "move", to: "right", extends: true });
  expect(reviewCommand(key("ArrowRight"), true)).toEqual({ do: "step", by: 1 });
  expect(reviewCommand(key("P"), true)).toEqual({ do: "step", by: -1 });
  expect(reviewCommand(key("ArrowDown"), true)).toBeNull();
});

test("letters act, and a key that is held down acts once", () => {
  expect(reviewCommand(key("a"), false)).toEqual({ do: "act", action: "approve" });
  expect(reviewCommand(key("a", { repeat: true }), false)).toBeNull();
  expect(reviewCommand(key("a", { ctrlKey: true }), false)).toEqual({ do: "all" });
  expect(reviewCommand(key("r", { ctrlKey: true }), false)).toBeNull();
  expect(reviewCommand(key("?", { shiftKey: true }), true)).toEqual({ do: "keys" });
});

test("inside an item, Enter and Escape are the dialog's", () => {
  expect(reviewCommand(key("Enter"), false)).toEqual({ do: "open" });
  expect(reviewCommand(key("Enter"), true)).toBeNull();
  expect(reviewCommand(key("Escape"), true)).toBeNull();
});
