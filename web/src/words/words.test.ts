import { expect, test } from "vitest";
import { bareIn, reachOf, sentencesIn, sources, type Sentence } from "../testing/sentences";
import type { Sentences } from "./catalogue";
import { images } from "./de/images";
import label from "./de/label";
import marks from "./de/marks";
import owner from "./de/owner";
import { languageFor } from "./language";
import { n, number, pieces, t } from "./words";

const all = sources();
const found = all.flatMap(sentencesIn);
const saidFrom = (...entries: string[]) => {
  const reach = reachOf(entries, all, (file, lazy) => !/^(App.tsx|label\/marks\/load.ts)$/.test(file) && !/Key(Help|Dialog|Editor)$/.test(lazy));
  return new Set(found.filter(({ file }) => reach.has(file)).map(({ english }) => english));
};
/** What a labeler's page says, without keys and marks: the other pages are behind `lazy` in the app. */
const forLabelers = saidFrom("main", "label/LabelPage");
const forMarkers = saidFrom("label/regions", "label/spans");

/** Told of by the server, by the name that it gives them. */
const PROBLEM = /^problem [a-z-]+$/;

const holesOf = (sentence: string) => [...sentence.matchAll(/\{([^{}]+)\}/g)].map(([, hole = ""]) => hole);
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const ITEM_WORDS = new Set(Object.keys(images).flatMap((word) => [word, capital(word)]));

/** Names that both must have, but for the words for an item, of which each language has its own. */
const named = (sentence: string) => [...new Set(holesOf(sentence).filter((hole) => !ITEM_WORDS.has(hole) && !/^item$|^a text$/i.test(hole)))].sort();

function wrong(german: Sentences[string] | undefined, { english, one }: Sentence): boolean {
  if (german === undefined) return true;
  const says = typeof german === "string" ? [german] : german;
  return (typeof german === "string") !== (one === null) || says.some((sentence) => named(sentence).join() !== named(english).join());
}

test("every sentence is said in German, with the same holes, and nothing else is", { timeout: 60_000 }, () => {
  const everything: Sentences = { ...label, ...owner };
  expect([...new Set(found.filter((sentence) => wrong(everything[sentence.english], sentence)).map(({ file, english }) => `${file}: ${english}`))]).toEqual([]);
  const known = new Set(found.map(({ english }) => english));
  expect(Object.keys(everything).filter((english) => !known.has(english) && !PROBLEM.test(english))).toEqual([]);
});

test("labelers load their sentences, and no others", () => {
  expect([...forLabelers].filter((english) => !(english in label))).toEqual([]);
  expect(Object.keys(label).filter((english) => !forLabelers.has(english) && !PROBLEM.test(english))).toEqual([]);
  expect([...forMarkers].filter((english) => !(english in label) && !(english in marks))).toEqual([]);
  expect(Object.keys(marks).filter((english) => !forMarkers.has(english))).toEqual([]);
  expect(Object.keys(owner).filter((english) => english in label)).toEqual([]);
});

/** Names, and what is no language. */
const NOT_WORDS = new Set([
  "Tagwerk", "Pascal VOC", "Label Studio", "GB s", "{} GB s", "Ctrl A, #", "Backspace Delete", "Space Ctrl+Space", "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>{}</BlockList>",
  "(prefers-color-scheme: dark)", "canvas-region selected", "::highlight({}) { background-color: Highlight; color: HighlightText; }",
]);

test("nothing is said past the languages", { timeout: 60_000 }, () => {
  expect(all.flatMap((source) => bareIn(source).filter((text) => !NOT_WORDS.has(text)).map((text) => `${source.file}: ${text}`))).toEqual([]);
});

test("holes are filled, with capitals and numbers", () => {
  expect(t("{Item} {named} still needs an answer.", { item: "image", named: "2" })).toBe("Image 2 still needs an answer.");
  expect([n(1, "{n} box", "{n} boxes"), n(1797, "{n} box", "{n} boxes")]).toEqual(["1 box", "1,797 boxes"]);
  expect(t("{A text} or {a text}", { item: "image" })).toBe("An image or an image");
  expect(t("{A text} or {other}", { item: "text" })).toBe("A text or {other}");
  expect(pieces("Press {key} to go on.")).toEqual(["Press ", "key", " to go on."]);
  expect(t("approved¦by somebody")).toBe("approved");
  expect(number(0.5)).toBe("0.5");
});

test("the first wanted language that there is", () => {
  expect([languageFor(["de-AT", "en"]), languageFor([null, "fr", "de"]), languageFor(["en-GB", "de"]), languageFor([null])]).toEqual(["de", "de", "en", "en"]);
});
