import type { Assist, AssistPatch, RunModel } from "../api/types";
import { t } from "../words/words";

/** The settings of models as they are typed: shares in percent, empty where the kind's own number counts. */
export interface AssistDraft {
  readonly enabled: boolean;
  readonly target: string;
  readonly strict: boolean;
  readonly unsure: "show" | "hide";
  readonly accept: boolean;
  readonly audit: string;
  readonly order: "random" | "uncertain";
  readonly starts: "nothing" | "named" | "run";
  /** A hub's model, or a model asset. */
  readonly named: string;
  readonly fromProject: string;
  readonly fromRun: string;
  readonly first: string;
  readonly labels: string;
  readonly perLabel: string;
  readonly growth: string;
  /** What runs may cost a month; empty: anything. */
  readonly budget: string;
}

/** What the API takes where nothing else is said. */
export const ASSIST_DEFAULTS = {
  enabled: false, target: 0.95, strict: false, unsure: "show", accept: false, audit_rate: 0.05, order: "random", base: null,
  training: { first: null, labels: 2, per_label: 5, growth: 1.5 }, monthly_budget: null,
} as const satisfies Assist;

const inPercent = (share: number) => String(Number((100 * share).toFixed(3)));
const asShare = (percent: string) => Number((Number(percent) / 100).toFixed(6));

export function assistDraft(assist: Assist): AssistDraft {
  const { training, base, ...rest } = { ...ASSIST_DEFAULTS, ...assist };
  const { first, labels, per_label, growth } = { ...ASSIST_DEFAULTS.training, ...training };
  const run = typeof base === "string" ? null : base;
  return {
    enabled: rest.enabled, target: inPercent(rest.target), strict: rest.strict, unsure: rest.unsure, accept: rest.accept, audit: inPercent(rest.audit_rate), order: rest.order,
    starts: typeof base === "string" ? "named" : run === null ? "nothing" : "run", named: typeof base === "string" ? base : "", fromProject: run?.project ?? "", fromRun: run?.run ?? "",
    first: first === null ? "" : String(first), labels: String(labels), perLabel: String(per_label), growth: String(growth), budget: rest.monthly_budget === null ? "" : String(rest.monthly_budget),
  };
}

function baseOf({ starts, named, fromProject, fromRun }: AssistDraft): string | RunModel | null {
  if (starts === "nothing") return null;
  return starts === "named" ? named.trim() : { project: fromProject, run: fromRun };
}

/** All settings as the API takes them. */
export function assistOf(draft: AssistDraft): AssistPatch {
  const { enabled, strict, unsure, accept, order } = draft;
  const training = { first: draft.first.trim() === "" ? null : Number(draft.first), labels: Number(draft.labels), per_label: Number(draft.perLabel), growth: Number(draft.growth) };
  return { enabled, target: asShare(draft.target), strict, unsure, accept, audit_rate: asShare(draft.audit), order, base: baseOf(draft), training, monthly_budget: draft.budget.trim() === "" ? null : Number(draft.budget) };
}

export type AssistErrors = Partial<Record<"enabled" | "target" | "accept" | "audit" | "base" | "first" | "labels" | "perLabel" | "growth" | "budget", string>>;

const isBetween = (text: string, least: number, most: number) => text.trim() !== "" && Number(text) >= least && Number(text) <= most;
const isCount = (text: string, least: number, most: number) => isBetween(text, least, most) && Number.isInteger(Number(text));

export const targetError = (target: string) => (isBetween(target, 50, 99.9) ? undefined : t("From 50 to 99.9 percent."));

/** What makes no sense in what is typed, by field. */
export function assistErrors(draft: AssistDraft): AssistErrors {
  const errors: AssistErrors = {};
  const target = targetError(draft.target);
  if (target !== undefined) errors.target = target;
  if (!isBetween(draft.audit, 0, 50)) errors.audit = t("From 0 to 50 percent.");
  else if (draft.accept && Number(draft.audit) === 0) errors.audit = t("More than 0: what stands without a person has to be checked.");
  if (draft.starts === "named" && draft.named.trim() === "") errors.base = t("Name a model.");
  if (draft.starts === "run" && draft.fromRun === "") errors.base = t("Choose a run.");
  if (draft.first.trim() !== "" && !isCount(draft.first, 2, 100_000)) errors.first = t("From 2 to 100,000.");
  if (!isCount(draft.labels, 1, 100)) errors.labels = t("From 1 to 100.");
  if (!isCount(draft.perLabel, 1, 1000)) errors.perLabel = t("From 1 to 1,000.");
  if (!isBetween(draft.growth, 1.05, 10)) errors.growth = t("From 1.05 to 10.");
  if (draft.budget.trim() !== "" && !isBetween(draft.budget, 0, 1e9)) errors.budget = t("An amount, 0 or more; empty: no bound.");
  return errors;
}

/** What the form calls a field of the API. */
const FIELDS: Readonly<Record<string, keyof AssistErrors>> = {
  enabled: "enabled", target: "target", accept: "accept", audit_rate: "audit", base: "base",
  "training.first": "first", "training.labels": "labels", "training.per_label": "perLabel", "training.growth": "growth", monthly_budget: "budget",
};

/** The server's refusals, beside the fields that they are about. */
export function assistRefusals(fields: Readonly<Record<string, string>>): AssistErrors {
  const known = Object.entries(fields).flatMap(([field, message]) => {
    const name = FIELDS[field.replace(/^assist\./, "")];
    return name === undefined ? [] : [[name, message] as const];
  });
  return Object.fromEntries(known);
}
