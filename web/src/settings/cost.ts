import type { Cost } from "../api/types";

type Line = Cost["lines"][number];

/** What is paid for, in words. */
export const COSTS: Readonly<Record<Line["what"], string>> = {
  tables: "Table operations", queues: "Queue operations", blob_writes: "Blob writes", blob_lists: "Blob listings", blob_reads: "Blob reads", blob_others: "Other blob operations",
  links: "Blob reads by browsers, estimated", calls: "Function calls", execution: "Function time", gpu: "Machines with a GPU", cpu: "Machines without",
};

/** An amount with its cents; of less than a cent, the first two digits that count. */
export function money(amount: number, currency: string): string {
  const small = amount !== 0 && Math.abs(amount) < 0.01;
  return new Intl.NumberFormat("en", { style: "currency", currency, ...(small ? { maximumSignificantDigits: 2 } : {}) }).format(amount);
}

/** What a unit costs, to the last digit. */
export function priceText({ price, per, unit }: Line, currency: string): string {
  const exact = new Intl.NumberFormat("en", { style: "currency", currency, maximumFractionDigits: 8 }).format(price);
  if (unit === "minutes") return `${exact} an hour`;
  return per === 1 ? `${exact} per ${unit}` : `${exact} per ${per.toLocaleString("en")}`;
}

export function quantityText({ quantity, unit }: Line): string {
  const number = quantity.toLocaleString("en", { maximumFractionDigits: 1 });
  return unit === "minutes" ? `${number} min` : unit === "GB s" ? `${number} GB s` : number;
}

/** "2026-11" as people say it. */
export function monthText(month: string): string {
  return new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${month}-01T00:00:00Z`));
}

const MONTHS_SHOWN = 12;

/** The months since a project was created, the newest first, a year at most; all in UTC. */
export function monthsSince(created: string, now: Date): string[] {
  const first = new Date(created).toISOString().slice(0, 7);
  const months = Array.from({ length: MONTHS_SHOWN }, (_, back) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7));
  return months.filter((month, back) => back === 0 || month >= first);
}
