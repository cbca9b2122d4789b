import type { Cost, Costs } from "../api/types";
import { t } from "../words/words";

type Line = Cost["lines"][number];

/** What was used, in the units of a bill: operations of storage, GB s of functions, minutes of machines. */
export interface Used {
  readonly operations: number;
  readonly execution: number;
  readonly gpu: number;
  readonly cpu: number;
  /** Of the operations, those that nobody saw: reads by browsers. */
  readonly estimated: number;
}

export interface Share {
  readonly id: string;
  readonly name: string;
  /** Whether there is a project to go to. */
  readonly open: boolean;
  readonly lines: readonly Line[];
  readonly used: Used;
  readonly total: number;
  readonly budget: Cost["budget"];
}

function quantity(lines: readonly Line[], wanted: (line: Line) => boolean): number {
  return lines.filter(wanted).reduce((sum, line) => sum + line.quantity, 0);
}

export function usedOf(lines: readonly Line[]): Used {
  return {
    operations: quantity(lines, ({ unit }) => unit === "operations"),
    execution: quantity(lines, ({ what }) => what === "execution"),
    gpu: quantity(lines, ({ what }) => what === "gpu"),
    cpu: quantity(lines, ({ what }) => what === "cpu"),
    estimated: quantity(lines, ({ what }) => what === "links"),
  };
}

/** Who used what: projects as the server orders them, the work for none of them last. What used nothing is left out. */
export function sharesOf({ projects, shared }: Pick<Costs, "projects" | "shared">): Share[] {
  const named = projects.map(({ id, name, lines, total, budget }) => ({ id, name: name ?? t("{id} (deleted)", { id }), open: name !== null, lines, used: usedOf(lines), total, budget }));
  const total = shared.reduce((sum, { amount }) => sum + amount, 0);
  const rest = { id: "", name: t("For no project"), open: false, lines: shared, used: usedOf(shared), total, budget: null };
  return total > 0 ? [...named, rest] : named;
}

/** What all of them used. */
export function usedByAll(shares: readonly Share[]): Used {
  return usedOf(shares.flatMap(({ lines }) => lines));
}
