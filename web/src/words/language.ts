/** The languages of the page, each by its own name. */
export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = "tagwerk.language";

const isLanguage = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag);

/** The first that somebody wants and the page speaks, else English. */
export function languageFor(wanted: readonly (string | null)[]): Language {
  return wanted.map((tag) => tag?.slice(0, 2) ?? "").find(isLanguage) ?? "en";
}

/** Stays what it is until the page is loaded again. */
export const language = languageFor([localStorage.getItem(KEY), ...navigator.languages]);

/** How numbers and dates are written: as in the reader's country, if it speaks the language. */
export const locale = navigator.languages.find((tag) => tag.startsWith(language)) ?? language;

export function speak(other: string): void {
  localStorage.setItem(KEY, other);
  location.reload();
}
