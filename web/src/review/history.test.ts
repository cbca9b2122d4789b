import { expect, test } from "vitest";
import type { ItemEvent, Revision } from "../api/types";
import { happeningsOf } from "./history";

const NAMES = new Map([["ben-id", "Ben"], ["cem-id", "Cem"]]);
const minute = (number: number) => `2026-11-21T14:0${number}:00Z`;

function revision(number: number, at: number, label: string, more: Partial<Revision> = {}): Revision {
  return {
    revision: number, at: minute(at), user: "ben-id", name: "Ben", answer: { labels: [label] }, skipped: null, source: "manual", approved: false,
    agreement: null, late: false, counts: true, rejected: false, corrected: false, right: null, flag: null, run: null, seconds: 2, etag: "", ...more,
  };
}

function event(action: ItemEvent["action"], at: number, more: Partial<ItemEvent> = {}): ItemEvent {
  return { action, at: minute(at), user: "ana-id", name: "Ana", revision: null, comment: null, to: null, detail: null, ...more };
}

const told = (history: Revision[], events: ItemEvent[]) => happeningsOf({ history, events, etag: "new" }, NAMES);

test("what was said and what was done are one story, newest first", () => {
  const story = told([revision(1, 1, "cat", { rejected: true }), revision(2, 5, "dog")], [event("rejected", 3, { revision: 1, comment: "Look at the ears", to: "cem-id" }), event("approved", 7, { revision: 2 })]);
  expect(story.map(({ who, what, said, before }) => [who, what, said, before])).toEqual([
    ["Ana", "approved", null, null],
    ["Ben", "answered", "dog", null],
    ["Ana", "rejected, for Cem alone", null, "cat"],
    ["Ben", "answered", "cat", null],
  ]);
  expect(story[2]).toMatchObject({ comment: "Look at the ears", revision: 1 });
  expect(story[3]?.remarks).toEqual(["rejected"]);
});

test("a model's answer says of which run it is", () => {
  const [accepted] = told([revision(1, 1, "cat", { source: "model", user: "model", name: null, run: "r1" })], []);
  expect(accepted).toMatchObject({ who: null, remarks: ["of run r1"] });
});

test("a correction says what stood before, a consensus is nobody's", () => {
  const votes = [revision(1, 1, "cat"), revision(2, 2, "cat", { user: "cem-id", name: null })];
  const merged = revision(3, 2, "cat", { source: "consensus", agreement: 2 / 3 });
  const [corrected, agreed, second] = told([...votes, merged, revision(4, 4, "dog", { source: "review", user: "ana-id", name: "Ana" })], []);
  expect(corrected).toMatchObject({ who: "Ana", what: "corrected", said: "dog", before: "cat" });
  expect(agreed).toMatchObject({ who: null, what: "Labelers agreed", remarks: ["67 % agreement"] });
  expect(second).toMatchObject({ who: "Cem" });
});

test("of votes that were decided between, none stood before", () => {
  const votes = [revision(1, 1, "cat"), revision(2, 2, "dog", { user: "cem-id" })];
  const decided = revision(3, 4, "dog", { source: "review", user: "ana-id" });
  expect(told([...votes, decided], [])[0]?.before).toBeNull();
  expect(told([revision(1, 1, "cat"), revision(2, 4, "dog", { source: "review" })], [])[0]?.before).toBe("cat");
});

test("making an answer gold is told once", () => {
  const story = told([revision(1, 1, "cat"), revision(2, 3, "cat", { source: "gold" })], [event("marked_gold", 3, { revision: 1 })]);
  expect(story.map(({ what }) => what)).toEqual(["made it gold", "answered"]);
});

test("an answer to a file that was replaced says so", () => {
  const story = told([revision(1, 1, "cat", { etag: "old" }), revision(2, 2, "dog", { etag: "new" })], []);
  expect(story.map(({ remarks }) => remarks)).toEqual([[], ["of an earlier file"]]);
});

test("a late answer is no answer that stood before", () => {
  const story = told([revision(1, 1, "cat"), revision(2, 2, "dog", { late: true }), revision(3, 3, "cat", { source: "review" })], []);
  expect(story[0]?.before).toBeNull();
  expect(story[1]?.remarks).toEqual(["late"]);
});

test("what a model said and took back is nobody's doing", () => {
  const story = told([revision(1, 1, "cat", { source: "model", user: "model", name: null })], [event("withdrawn", 3, { revision: 1, user: "", name: null })]);
  expect(story.map(({ who, what, said, before }) => [who, what, said, before])).toEqual([
    [null, "The model’s answer was withdrawn: it is trusted no more", null, "cat"],
    [null, "A model’s answer was accepted without a person", "cat", null],
  ]);
});
