import { describe, expect, test } from "vitest";
import { documentOf } from "../../canvas/document";
import { applied } from "../../canvas/document";
import { spanAnswer, spansOf } from "../../answers/spans";
import { key } from "../../testing/newSession";
import { lookUp } from "../../keymap/keymap";
import { Words } from "../../text/words";
import type { Pending } from "../marks/marking";
import type { SpanMark } from "../marks/spanMark";
import { spanCommand } from "./keys";
import { cellsOf, levelsOf } from "./layout";
import { relabeling, stepped } from "./marking";

const span = (id: string, start: number, end: number, label = "PER"): SpanMark => ({ shape: "span", id, label, start, end });

test("spans are code points on the wire and units on the page, in the order of the text", () => {
  const text = "👋 Ana met 👩‍🚀 Bo in Łódź";
  const at = (word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });
  const spans: SpanMark[] = [{ ...span("1", 0, 0, "LOC"), ...at("Łódź") }, { ...span("2", 0, 0), ...at("Bo") }, { ...span("3", 0, 0), ...at("Ana") }];
  const answer = spanAnswer(spans, text);
  // What text.index(word) says in Python.
  expect(answer).toEqual({ spans: [{ label: "PER", start: 2, end: 5 }, { label: "PER", start: 14, end: 16 }, { label: "LOC", start: 20, end: 24 }] });
  expect(spansOf(answer, text).map(({ start, end }) => text.slice(start, end))).toEqual(["Ana", "Bo", "Łódź"]);
  expect(spanAnswer(spansOf(answer, text, { trusted: null }), text)).toEqual(answer);
});

describe("arrow keys", () => {
  const text = "One two, three";
  const words = new Words(text);
  const walk = (...keys: [by: 1 | -1, extend: boolean][]) => {
    const end = keys.reduce<Pending | null>((pending, [by, extend]) => stepped(words, pending, 0, by, extend), null);
    return end === null ? null : text.slice(end.start, end.end);
  };

  test("take one word after the other, and marks as words", () => {
    expect(walk([1, false])).toBe("One");
    expect(walk([1, false], [1, false], [1, false])).toBe(",");
    expect(walk([1, false], [1, false], [-1, false])).toBe("One");
  });

  test("take more words with Shift, and give them back", () => {
    expect(walk([1, false], [1, true])).toBe("One two");
    expect(walk([1, false], [1, true], [1, true], [1, true])).toBe("One two, three");
    expect(walk([1, false], [1, true], [1, true], [-1, true])).toBe("One two");
    expect(walk([1, false], [-1, true])).toBe("One");
  });

  test("stop at the ends of the text", () => {
    expect(walk([-1, false])).toBeNull();
    expect(walk([1, false], [1, false], [1, false], [1, false], [1, false])).toBe("three");
  });
});

describe("another label", () => {
  const document = documentOf([span("1", 0, 3), span("2", 4, 7, "LOC"), span("3", 0, 3, "LOC"), { ...span("4", 8, 9, "LOC"), suggested: { confidence: null, trusted: null } }]);
  const after = (ids: string[], label: string) => applied(document.marks, relabeling(document, new Set(ids), label));

  test("is given to all that are selected", () => {
    expect(after(["2", "4"], "PER")).toEqual([span("1", 0, 3), span("2", 4, 7), span("3", 0, 3, "LOC"), span("4", 8, 9)]);
  });

  test("leaves no span twice", () => {
    expect(after(["3"], "PER").map(({ id }) => id)).toEqual(["1", "2", "4"]);
    expect(after(["1", "3"], "ORG").map(({ id }) => id)).toEqual(["1", "2", "4"]);
  });

  test("is none where it is the same, but a suggestion becomes an answer", () => {
    expect(relabeling(document, new Set(["2", "4"]), "LOC").changes).toHaveLength(1);
  });
});

test("spans that overlap lie under each other", () => {
  expect([...levelsOf([span("1", 0, 10), span("2", 2, 5), span("3", 4, 8), span("4", 10, 12)])]).toEqual([["1", 0], ["2", 1], ["3", 2], ["4", 0]]);
});

test("a row's text is its cells, line by line", () => {
  expect(cellsOf("Title\nBody text", { title: "Title", empty: "", body: "Body text" })).toEqual([
    { name: "title", text: "Title", start: 0 },
    { name: "body", text: "Body text", start: 6 },
  ]);
  expect(cellsOf("Another text", { title: "Title" })).toEqual([{ name: null, text: "Another text", start: 0 }]);
  expect(cellsOf("plain", null)).toEqual([{ name: null, text: "plain", start: 0 }]);
});

test.each([
  [key("ArrowRight", { shiftKey: true }), { do: "caret", by: 1, line: false, extend: true }],
  [key("ArrowUp"), { do: "caret", by: -1, line: true, extend: false }],
  [key(" "), { do: "mark" }],
  [key("Z", { shiftKey: true }), { do: "redo" }],
  [key("ArrowLeft", { ctrlKey: true }), null],
  [key("1"), null],
])("%o means %o", (press, command) => {
  const id = lookUp(press, "spans");
  expect(id && spanCommand(id, press)).toEqual(command);
});
