import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CodePoints } from "./codePoints";
import { isRightToLeft } from "./direction";
import { Words } from "./words";

describe("code points", () => {
  test("count an emoji as one, as Python does", () => {
    const text = "a 👩‍🚀 in 🇫🇷";
    const points = new CodePoints(text);
    // len() of each prefix in Python: the astronaut is three code points, the flag two.
    expect(points.before(text.indexOf("in"))).toBe(6);
    expect(points.before(text.length)).toBe(11);
    expect(points.unitOf(6)).toBe(text.indexOf("in"));
  });

  test("go to units and back in any text", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "é", "日", "😀", "👍🏽", "\n", " ")), (letters) => {
        const text = letters.join("");
        const points = new CodePoints(text);
        let unit = 0;
        for (const [index, letter] of Array.from(text).entries()) {
          expect(points.before(unit)).toBe(index);
          expect(points.unitOf(index)).toBe(unit);
          unit += letter.length;
        }
        expect(points.before(text.length)).toBe(Array.from(text).length);
      }),
    );
  });

  test("inside a pair are those before it", () => {
    expect(new CodePoints("a😀b").before(2)).toBe(1);
  });
});

describe("words", () => {
  const text = "  Ada Lovelace, née Byron 👍 wrote.";
  const words = new Words(text);
  const said = (stretch: { start: number; end: number } | null) => (stretch === null ? null : text.slice(stretch.start, stretch.end));

  test.each([
    ["a letter", "d", "Ada"],
    ["parts of two words", "ove", "Lovelace"],
    ["a stretch with space around it", " Lovelace", "Lovelace"],
    ["letters with accents", "é", "née"],
    ["an emoji", "👍", "👍"],
  ])("are what %s is widened to", (_name, part, whole) => {
    const start = text.indexOf(part);
    expect(said(words.snapped({ start, end: start + part.length }))).toBe(whole);
  });

  test("of several are taken whole", () => {
    expect(said(words.snapped({ start: text.indexOf("a L"), end: text.indexOf("ce,") }))).toBe("Ada Lovelace");
  });

  test("are not space", () => {
    expect(words.snapped({ start: 0, end: 2 })).toBeNull();
    expect(words.snapped({ start: 3, end: 3 })).toBeNull();
  });

  test("follow each other, space left out", () => {
    const forward: (string | null)[] = [];
    for (let at = words.next(0, true); at !== null; at = words.next(at.end, true)) forward.push(said(at));
    expect(forward).toEqual(["Ada", "Lovelace", ",", "née", "Byron", "👍", "wrote", "."]);
    const backward: (string | null)[] = [];
    for (let at = words.next(text.length, false); at !== null; at = words.next(at.start, false)) backward.push(said(at));
    expect(backward).toEqual(forward.toReversed());
  });
});

test.each([
  ["Ada met Bo", 4, false],
  ["12. سافر Ada", 0, true],
  ["Ada سافر", 6, false],
  ["One\nדני נסע", 3, false],
  ["One\nדני נסע", 4, true],
  ["سافر\n", 4, true],
  ["123", 1, false],
])("the paragraph in %j at %i is read from right to left: %s", (text, place, rtl) => {
  expect(isRightToLeft(text, place)).toBe(rtl);
});
