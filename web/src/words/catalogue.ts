import { language } from "./language";

/** Sentences by their English: one sentence, or that of one thing and that of more. */
export type Sentences = Readonly<Record<string, string | readonly [one: string, more: string]>>;

export type Part = "label" | "marks" | "owner" | "keys";

const PARTS = { de: { label: () => import("./de/label"), marks: () => import("./de/marks"), owner: () => import("./de/owner"), keys: () => import("./de/keys") } } as const;

const learned: Record<string, Sentences[string]> = {};
/** The words for an image, by those for a text: languages have their sexes and cases. */
let images: Readonly<Record<string, string>> = { "a text": "an image" };

/** Gets the sentences of a part, before anything of it is shown. English needs none. */
export async function learn(part: Part): Promise<void> {
  if (language === "en") return;
  const { default: sentences } = await PARTS[language][part]();
  Object.assign(learned, sentences);
}

if (language !== "en") ({ images } = await PARTS[language].label());
await learn("label");

export function sentenceOf(english: string): Sentences[string] | undefined {
  return learned[english];
}

/** The word for an item, written as if it were a text: "{den Text}". */
export function itemWord(text: string, item: string): string | undefined {
  return item === "text" && text in images ? text : images[text];
}
