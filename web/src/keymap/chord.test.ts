import { describe, expect, test } from "vitest";
import { key } from "../testing/newSession";
import { chordsOf, keysIn, unshifted } from "./chord";

const graph = (name: string) => name === "AltGraph";

describe("a key press is called", () => {
  test.each([
    ["a letter, whatever Caps Lock says", key("s", { code: "KeyS" }), ["S"]],
    ["a letter with Shift", key("Q", { shiftKey: true }), ["Shift+Q"]],
    ["Command as Ctrl", key("z", { metaKey: true, shiftKey: true }), ["Ctrl+Shift+Z"]],
    ["a name", key("ArrowLeft", { altKey: true }), ["Alt+ArrowLeft"]],
    ["Space", key(" ", { code: "Space" }), ["Space"]],
    ["a digit by its place and by its character", key("#", { code: "Digit3", shiftKey: true }), ["Shift+3", "#"]],
    ["a French digit", key("é", { code: "Digit2" }), ["2", "É"]],
    ["a French digit with Shift", key("2", { code: "Digit2", shiftKey: true }), ["Shift+2"]],
    ["a digit of the number pad", key("7", { code: "Numpad7" }), ["7"]],
    ["a sign without the Shift in it", key("?", { code: "Minus", shiftKey: true }), ["?"]],
    ["a sign that AltGr types, as Windows tells it", key("[", { code: "Digit8", ctrlKey: true, altKey: true }), ["["]],
    ["a sign that AltGr types, as Linux tells it", key("[", { code: "Digit8", getModifierState: graph }), ["["]],
    ["a Cyrillic letter, or the Latin one on its key", key("ы", { code: "KeyS" }), ["Ы", "S"]],
    ["nothing while only Shift is held", key("Shift", { shiftKey: true }), []],
  ])("%s", (_, press, chords) => {
    expect(chordsOf(press)).toEqual(chords);
  });
});

test("chords come apart, even where a plus is one of the keys", () => {
  expect([keysIn("Ctrl+Shift+Z"), keysIn("+"), keysIn("Ctrl++")]).toEqual([["Ctrl", "Shift", "Z"], ["+"], ["Ctrl", "+"]]);
  expect([unshifted("Ctrl+Shift+Z"), unshifted("Z")]).toEqual(["Ctrl+Z", null]);
});
