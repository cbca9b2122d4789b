import { expect, test } from "vitest";
import type { Pending } from "../marks/marking";
import { Words } from "../../text/words";
import { tapped } from "./marking";

const text = "One two, three";
const words = new Words(text);

function after(...taps: string[]): string | null {
  const end = taps.reduce<Pending | null>((pending, letter) => tapped(words, pending, text.indexOf(letter)), null);
  return end === null ? null : text.slice(end.start, end.end);
}

test("a tap takes the word under it", () => {
  expect(after("w")).toBe("two");
  expect(after(" ")).toBe("One");
  expect(tapped(words, null, text.length)).toMatchObject({ start: 9, end: 14 });
});

test("another one takes all words between, to either side", () => {
  expect(after("w", "h")).toBe("two, three");
  expect(after("h", "w", "O")).toBe("One two, three");
});

test("there is nothing to take in a gap", () => {
  expect(tapped(new Words("a   b"), null, 2)).toBeNull();
});
