/** What holes in a sentence are filled with. Of `item`, "{Item}" is the same with a capital. */
export type Values = Readonly<Record<string, string | number>>;

export const language = "en";

const locale = navigator.languages.find((tag) => tag.startsWith(language)) ?? language;
const numbers = new Intl.NumberFormat(locale);
const plurals = new Intl.PluralRules(locale);
const HOLE = /\{([^{}]+)\}/;

export const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** The word for an item with what its sex asks for: "{an item}". */
function itemWord(hole: string, item: string): string | undefined {
  return hole === "an item" ? `${item.startsWith("i") ? "an" : "a"} ${item}` : undefined;
}

/** What a hole stands for: a value, or the word for an item as the sentence needs it. */
export function filling(hole: string, values: Values): string {
  const plain = values[hole] ?? itemWord(hole, String(values.item));
  if (plain !== undefined) return String(plain);
  const small = hole.charAt(0).toLowerCase() + hole.slice(1);
  return small === hole ? `{${hole}}` : capital(filling(small, values));
}

/** A sentence in pieces: every second one is the name of a hole. */
export function pieces(english: string): string[] {
  return english.split(HOLE);
}

function fill(sentence: string, values: Values): string {
  return sentence
    .split(HOLE)
    .map((piece, index) => (index % 2 === 0 ? piece : filling(piece, values)))
    .join("");
}

/** A sentence in the reader's language. The English one is its name. */
export function t(english: string, values: Values = {}): string {
  return fill(english, values);
}

/** The same of a count: "{n} box" or "{n} boxes". */
export function n(count: number, one: string, other: string, values: Values = {}): string {
  return fill(plurals.select(count) === "one" ? one : other, { ...values, n: number(count) });
}

/** A text that is kept as it is in English, and translated where it is shown. */
export function words<T extends string>(english: T): T {
  return english;
}

export function number(value: number): string {
  return numbers.format(value);
}
