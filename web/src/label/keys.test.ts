import { describe, expect, test } from "vitest";
import { key } from "../testing/newSession";
import { commandFor, type KeyContext } from "./keys";

const labels = new Map([["1", "ant"], ["0", "jay"], ["Shift+1", "kiwi"]]);
const context: KeyContext = { mode: "images", overlay: null, labels, pageIsFresh: false };

describe("commandFor", () => {
  test.each([
    [key("1"), { do: "label", label: "ant" }],
    [key("0"), { do: "label", label: "jay" }],
    [key("!", { code: "Digit1", shiftKey: true }), { do: "label", label: "kiwi" }],
    [key("&", { code: "Digit1" }), { do: "label", label: "ant" }],
    [key("1", { code: "Numpad1" }), { do: "label", label: "ant" }],
    [key("Enter"), { do: "submit" }],
    [key(" "), { do: "toggle" }],
    [key("ArrowUp"), { do: "move", to: "up" }],
    [key("ArrowRight", { shiftKey: true }), { do: "extend", to: "right" }],
    [key("a", { ctrlKey: true }), { do: "all" }],
    [key("a", { metaKey: true }), { do: "all" }],
    [key("z", { ctrlKey: true }), { do: "undo" }],
    [key("Z"), { do: "undo" }],
    [key("s"), { do: "open", overlay: "skip" }],
    [key("Enter", { shiftKey: true }), { do: "submit" }],
    [key("ArrowLeft", { altKey: true }), { do: "walk", by: -1 }],
    [key("?", { shiftKey: true }), { do: "open", overlay: "keys" }],
    [key("Backspace"), { do: "clear" }],
  ])("%o means %o", (press, command) => {
    expect(commandFor(press, context)).toEqual(command);
  });

  test("Backspace takes the last page back only on a fresh page", () => {
    expect(commandFor(key("Backspace"), { ...context, pageIsFresh: true })).toEqual({ do: "back" });
  });

  test("a key that is held down labels and submits once", () => {
    expect(commandFor(key("1", { repeat: true }), context)).toBeNull();
    expect(commandFor(key("Enter", { repeat: true }), context)).toBeNull();
  });

  test("leaves the browser its own shortcuts", () => {
    expect(commandFor(key("1", { ctrlKey: true }), context)).toBeNull();
    expect(commandFor(key("r", { ctrlKey: true }), context)).toBeNull();
    expect(commandFor(key("ArrowUp", { altKey: true }), context)).toBeNull();
  });

  test("digits choose a reason while the reasons are open, and nothing else happens", () => {
    const skipping: KeyContext = { ...context, overlay: "skip" };
    expect(commandFor(key("2"), skipping)).toEqual({ do: "reason", index: 1 });
    expect(commandFor(key("Enter"), skipping)).toBeNull();
    expect(commandFor(key("Escape"), skipping)).toEqual({ do: "close" });
  });
});
