import type { ItemStatus, Source } from "../api/types";
import { SOURCES } from "../review/history";
import { t } from "../words/words";

export const STATUS_TITLES: Readonly<Record<ItemStatus, string>> = {
  pending: t("pending"), labeled: t("labeled"), skipped: t("skipped"), needs_review: t("needs review"), removed: t("removed"), missing: t("missing"), unreadable: t("unreadable"),
};
export const STATUSES = Object.keys(STATUS_TITLES) as readonly ItemStatus[];

const anything = (value: string) => value;
const yesOrNo = (value: string) => (value === "true" || value === "false" ? value : "");
const status = (value: string) => STATUSES.find((known) => known === value) ?? "";
const source = (value: string) => (Object.hasOwn(SOURCES, value) ? (value as Source) : "");
const share = (value: string) => (value !== "" && Number(value) >= 0 && Number(value) <= 1 ? String(Number(value)) : "");

/** What each filter may be; its name is the API's. Shares run from 0 to 1. */
const FILTERS = {
  path: anything,
  status,
  label: anything,
  labeler: anything,
  source,
  prelabeled: yesOrNo,
  min_confidence: share,
  max_confidence: share,
  approved: yesOrNo,
  min_agreement: share,
  max_agreement: share,
  gold: yesOrNo,
  flagged: yesOrNo,
} as const;

type FilterName = keyof typeof FILTERS;

/** Which items to show: a text for each filter, empty where any will do. */
export type ItemFilter = Readonly<Record<FilterName, string>>;

const NAMES = Object.keys(FILTERS) as FilterName[];

/** The filter of an address; what makes no sense in it is left out. */
export function readFilter(search: string): ItemFilter {
  const params = new URLSearchParams(search);
  return Object.fromEntries(NAMES.map((name) => [name, FILTERS[name](params.get(name) ?? "")])) as ItemFilter;
}

const set = (filter: ItemFilter) => NAMES.filter((name) => filter[name] !== "").map((name) => [name, filter[name]] as const);

export function writeFilter(filter: ItemFilter): string {
  const chosen = set(filter);
  return chosen.length === 0 ? "" : `?${new URLSearchParams(chosen.map(([name, value]) => [name, value])).toString()}`;
}

export const NO_FILTER: ItemFilter = readFilter("");

export function isFiltered(filter: ItemFilter): boolean {
  return set(filter).length > 0;
}

/** How many filters apply besides the search by path: a range is one. */
export function countOf(filter: ItemFilter): number {
  return new Set(set(filter).map(([name]) => name.replace(/^(min|max)_/, "")).filter((name) => name !== "path")).size;
}

/** The filter as the API takes it. */
export function filterQuery(filter: ItemFilter): Record<string, string> {
  return Object.fromEntries(set(filter));
}
