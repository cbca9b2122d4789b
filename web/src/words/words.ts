import { itemWord, sentenceOf } from "./catalogue";
import { locale } from "./language";

/** What the holes of a sentence are filled with. `item` stands for the words for an item too: see `itemWord`. */
export type Values = Readonly<Record<string, string | number>>;

const numbers = new Intl.NumberFormat(locale);
const plurals = new Intl.PluralRules(locale);
const HOLE = /\{([^{}]+)\}/;

export const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** What stands in a hole; with a capital, if the hole has one. */
export function filling(hole: string, values: Values): string {
  const plain = values[hole] ?? itemWord(hole, String(values.item));
  if (plain !== undefined) return String(plain);
  const small = hole.charAt(0).toLowerCase() + hole.slice(1);
  return small === hole ? `{${hole}}` : capital(filling(small, values));
}

/** A sentence cut at its holes: every second piece is the name of one. */
function cut(sentence: string): string[] {
  return sentence.split(HOLE);
}

function fill(sentence: string, values: Values): string {
  return cut(sentence)
    .map((piece, index) => (index % 2 === 0 ? piece : filling(piece, values)))
    .join("");
}

function said(english: string): string {
  const found = sentenceOf(english);
  return typeof found === "string" ? found : english.replace(/¦.*/, "");
}

/** A sentence in the reader's language. The English one is its name; behind a broken bar may stand what tells it from the same words elsewhere. */
export function t(english: string, values: Values = {}): string {
  return fill(said(english), values);
}

/** A sentence of a count: "{n} box" or "{n} boxes". The one of more is its name. */
export function n(count: number, one: string, more: string, values: Values = {}): string {
  const found = sentenceOf(more);
  const [ofOne, ofMore] = typeof found === "object" ? found : [one, more];
  return fill(plurals.select(count) === "one" ? ofOne : ofMore, { ...values, n: number(count) });
}

/** A sentence in the reader's language, cut at its holes. */
export function pieces(english: string): string[] {
  return cut(said(english));
}

/** What the server said, in the reader's language where that is known by the name of the problem. */
export function told(problem: string, english: string): string {
  const found = sentenceOf(`problem ${problem}`);
  return typeof found === "string" ? found : english;
}

/** Words that are kept in English, and given to `t` where they are shown. */
export function words<T extends string>(english: T): T {
  return english;
}

export function number(value: number): string {
  return numbers.format(value);
}
