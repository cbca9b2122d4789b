import type { Budget, Run, RunDetail } from "../api/types";
import { locale } from "../words/language";
import { n, number, t } from "../words/words";

type Stage = Run["stage"];
type Status = Run["status"];
type Report = NonNullable<RunDetail["report"]>;

/** What a run does, in words. */
export const STAGES: Readonly<Record<Stage, string>> = { train: t("Training"), predict: t("Predicting"), embed: t("Finding look-alikes") };

const STATUSES: Readonly<Record<Status, string>> = {
  queued: t("about to begin"), starting: t("waits for a machine"), running: t("running"), applying: t("hands out its suggestions"), done: t("done"), failed: t("failed"), canceled: t("canceled"),
};

const FIGURES: Readonly<Record<string, string>> = { accuracy: t("Accuracy"), f1: "F1", ap50: "AP50", miou: t("Mean IoU"), precision: t("Right"), page_purity: t("Alike on a page") };

export const isUnderWay = ({ status }: Pick<Run, "status">) => status !== "done" && status !== "failed" && status !== "canceled";

/** A share with one digit, rounded down, so that nothing is 100 % before it is. */
export function share(value: number): string {
  return `${number(Math.floor(1000 * value + 1e-9) / 10)} %`;
}

export function statusText({ status, progress }: Pick<Run, "status" | "progress">): string {
  return status === "running" && progress !== null ? t("running, {floor} %", { floor: Math.floor(100 * progress) }) : STATUSES[status];
}

export const figureName = (name: string) => FIGURES[name] ?? name;

export function figureText({ figure }: Pick<Run, "figure">): string {
  return figure === null ? "–" : `${figureName(figure.name)} ${share(figure.value)}`;
}

/** "45 s", "12 min", "1 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Of what was predicted, how much is trusted. */
export function trustedText({ stage, predicted, trusted }: Pick<Run, "stage" | "predicted" | "trusted">): string {
  return stage === "embed" || predicted === 0 ? "–" : share(trusted / predicted);
}

/** Why a run failed, and the lines of its log that are told with it. */
export function splitError(error: string): readonly [why: string, log: string] {
  const [why = "", ...log] = error.split("\n");
  return [why, log.join("\n")];
}

export function baseText(base: Run["base"]): string {
  if (base === null) return t("nothing");
  return typeof base === "string" ? base : t("the model of run {run}", { run: base.run });
}

/** Why nothing is trusted, and what helps. Told of what a run found out about itself. */
export function unreachable({ curve, grouped }: Pick<Report, "curve" | "grouped">, target: number): string {
  const best = curve.reduce<Report["curve"][number] | null>((found, point) => (found === null || point.bound > found.bound ? point : found), null);
  const known = best === null ? t("Nothing is known yet of how right its suggestions are.") : t("Where it is best, {precision} of its {kind} were right, but only {bound} is certain.", { precision: share(best.precision), kind: grouped ? t("marks") : t("suggestions"), bound: share(best.bound) });
  return t("No confidence reaches the target of {target} yet, so no suggestion is trusted. {known} More answers help most: they make the model better and what is known of it more certain. So do corrections of doubtful answers, and a lower target.", { target: share(target), known });
}

type Audit = NonNullable<RunDetail["audit"]>;

/** What blind answers say of what is trusted. */
export function auditText({ items, right, total, precision, bound, ceiling }: Audit, target: number, item: string): string {
  if (total === 0 || precision === null) return t("No trusted suggestion has been held against a blind answer yet. A share of them comes without its suggestion, so that it can be.");
  const parts = total === items ? n(total, "{n} {item}", "{n} {item}s", { item }) : t("{total} of {items}", { total: n(total, "{n} part", "{n} parts"), items: n(items, "{n} {item}", "{n} {item}s", { item }) });
  const found = n(right, "Of {parts} answered blind, {n} was suggested right: {precision}.", "Of {parts} answered blind, {n} were suggested right: {precision}.", { parts, precision: share(precision) });
  const certain = bound === null || ceiling === null ? "" : t(" With 95 % certainty it is between {bound} and {ceiling}.", { bound: share(bound), ceiling: share(ceiling) });
  if (ceiling !== null && ceiling < target) return t("{found}{certain} That is below the target of {target}: after enough answers the threshold goes up by itself.", { found, certain, target: share(target) });
  return `${found}${certain}${bound !== null && bound >= target ? t(" The target of {target} is met.", { target: share(target) }) : ""}`;
}

/** That a month's money is spent, or what is left of it too little, and what to do. */
export function spentText({ monthly, left, currency, until }: Budget): string {
  const next = new Date(`${until}T00:00:00Z`);
  const month = new Date(next.getTime() - 1).toLocaleString(locale, { month: "long", timeZone: "UTC" });
  const day = next.toLocaleString(locale === "en" ? "en-GB" : locale, { day: "numeric", month: "long", timeZone: "UTC" });
  const said = { monthly: number(monthly), currency, month, day };
  if (left > 0) return t("Of the budget of {monthly} {currency} for {month} too little is left for a run. The next may start on {day}, or raise the budget.", said);
  return t("The budget of {monthly} {currency} for {month} is spent. The next run may start on {day}, or raise the budget.", said);
}
