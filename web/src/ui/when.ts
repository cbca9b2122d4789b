import { locale } from "../words/language";

const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });

export function when(iso: string): string {
  return dateTime.format(new Date(iso));
}
