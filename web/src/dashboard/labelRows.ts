import type { Dashboard, Project } from "../api/types";
import { flatten } from "../labels/tree";
import { n, t } from "../words/words";
import { count } from "./format";

export interface LabelRow {
  readonly path: string;
  readonly name: string;
  readonly color: string;
  readonly depth: number;
  readonly items: number;
  /** How many regions bear it; null where an item bears a label but once. */
  readonly regions: number | null;
  /** What its bar shows: its regions, else its items. */
  readonly size: number;
}

type Counted = Dashboard["labels"][number];

const NONE = { count: 0, regions: null };

/** What is counted of each label: of those that are offered, in their order, then of the retired that items still bear. */
export function labelRows(project: Pick<Project, "labels" | "retired">, counted: readonly Counted[]): LabelRow[] {
  const found = new Map(counted.map((one) => [one.label, one]));
  const retired = project.retired.filter((path) => (found.get(path)?.count ?? 0) > 0);
  const shown = [...flatten(project.labels), ...retired.map((path) => ({ path, name: t("{path} (retired)", { path }), color: "var(--line-strong)", depth: 0 }))];
  return shown.map(({ path, name, color, depth }) => {
    const { count: items, regions } = found.get(path) ?? NONE;
    return { path, name, color, depth, items, regions, size: regions ?? items };
  });
}

/** "20", or "300 on 20 images". */
export function amountText({ items, regions }: Pick<LabelRow, "items" | "regions">, item: string): string {
  if (regions === null || regions === 0) return count(items);
  return n(items, "{regions} on {n} {item}", "{regions} on {n} {item}s", { regions: count(regions), item });
}
