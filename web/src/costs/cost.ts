import type { Cost } from "../api/types";
import { locale } from "../words/language";
import { number, t } from "../words/words";

type Line = Cost["lines"][number];

/** What is paid for, in words. */
export const COSTS: Readonly<Record<Line["what"], string>> = {
  tables: t("Table operations"), queues: t("Queue operations"), blob_writes: t("Blob writes"), blob_lists: t("Blob listings"), blob_reads: t("Blob reads"), blob_others: t("Other blob operations"),
  links: t("Blob reads by browsers, estimated"), calls: t("Function calls"), execution: t("Function time"), gpu: t("Machines with a GPU"), cpu: t("Machines without"),
};

const LEAST = 0.0001;

/** An amount with its cents; of less than a cent, the first two digits that count, if it is worth telling. */
export function money(amount: number, currency: string): string {
  if (amount > 0 && amount < LEAST) return `<${money(LEAST, currency)}`;
  const small = amount !== 0 && Math.abs(amount) < 0.01;
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...(small ? { maximumSignificantDigits: 2 } : {}) }).format(amount);
}

/** What a unit costs, to the last digit. */
export function priceText({ price, per, unit }: Line, currency: string): string {
  const exact = new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 8 }).format(price);
  if (unit === "minutes") return t("{exact} an hour", { exact });
  return per === 1 ? t("{exact} per {unit}", { exact, unit }) : t("{exact} per {per}", { exact, per: number(per) });
}

export function quantityText({ quantity, unit }: Pick<Line, "quantity" | "unit">): string {
  const amount = quantity.toLocaleString(locale, quantity < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 });
  return unit === "minutes" ? `${amount} min` : unit === "GB s" ? `${amount} GB s` : amount;
}

/** "2026-11" as people say it. */
export function monthText(month: string): string {
  return new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}-01T00:00:00Z`));
}

/** The present month, in UTC. */
export const thisMonth = () => new Date().toISOString().slice(0, 7);

const MONTHS_SHOWN = 12;

/** The months since a project was created (null: since ever), the newest first, a year at most; all in UTC. */
export function monthsSince(created: string | null, now: Date): string[] {
  const first = created === null ? "" : new Date(created).toISOString().slice(0, 7);
  const months = Array.from({ length: MONTHS_SHOWN }, (_, back) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7));
  return months.filter((month, back) => back === 0 || month >= first);
}
