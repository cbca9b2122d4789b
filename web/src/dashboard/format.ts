import { locale } from "../words/language";
import { number, t } from "../words/words";

const SECONDS = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export function count(value: number): string {
  return number(value);
}

export function percent(part: number, whole: number): string {
  if (whole === 0) return "0%";
  const share = (100 * part) / whole;
  return share > 0 && share < 1 ? "<1%" : `${Math.floor(share)}%`;
}

export interface DayBar {
  readonly day: string;
  readonly labeled: number;
}

const DAY_MS = 86_400_000;

/** The last days up to today (UTC), the quiet ones included. */
export function lastDays(throughput: readonly DayBar[], days: number, now: number): DayBar[] {
  const labeled = new Map(throughput.map((bar) => [bar.day, bar.labeled]));
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(now - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return { day, labeled: labeled.get(day) ?? 0 };
  });
}

interface Pace {
  readonly labeled: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** The mean time that somebody took for an item. */
export function perItem(pace: Pace | undefined): string {
  const answered = pace === undefined ? 0 : pace.labeled + pace.skipped;
  return pace === undefined || answered === 0 ? "–" : `${SECONDS.format(pace.seconds / answered)} s`;
}

/** How many answers to items with a known answer were right. */
export function rightOfGold({ gold, gold_right: right }: { gold: number; gold_right: number }): string {
  return gold === 0 ? "–" : t("{right} of {gold}", { right: count(right), gold: count(gold) });
}
