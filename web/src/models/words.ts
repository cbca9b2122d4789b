import type { Budget, Run, RunDetail } from "../api/types";
import { plural } from "../ui/wording";

type Stage = Run["stage"];
type Status = Run["status"];
type Report = NonNullable<RunDetail["report"]>;

/** What a run does, in words. */
export const STAGES: Readonly<Record<Stage, string>> = { train: "Training", predict: "Predicting", embed: "Finding look-alikes" };

const STATUSES: Readonly<Record<Status, string>> = {
  queued: "about to begin", starting: "waits for a machine", running: "running", applying: "hands out its suggestions", done: "done", failed: "failed", canceled: "canceled",
};

const FIGURES: Readonly<Record<string, string>> = { accuracy: "Accuracy", f1: "F1", ap50: "AP50", miou: "Mean IoU", precision: "Right", page_purity: "Alike on a page" };

export const isUnderWay = ({ status }: Pick<Run, "status">) => status !== "done" && status !== "failed" && status !== "canceled";

/** A share with one digit, rounded down, so that nothing is 100 % before it is. */
export function share(value: number): string {
  return `${Math.floor(1000 * value + 1e-9) / 10} %`;
}

export function statusText({ status, progress }: Pick<Run, "status" | "progress">): string {
  return status === "running" && progress !== null ? `running, ${Math.floor(100 * progress)} %` : STATUSES[status];
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
  if (base === null) return "nothing";
  return typeof base === "string" ? base : `the model of run ${base.run}`;
}

/** Why nothing is trusted, and what helps. Told of what a run found out about itself. */
export function unreachable({ curve, grouped }: Pick<Report, "curve" | "grouped">, target: number): string {
  const best = curve.reduce<Report["curve"][number] | null>((found, point) => (found === null || point.bound > found.bound ? point : found), null);
  const known = best === null ? "Nothing is known yet of how right its suggestions are." : `Where it is best, ${share(best.precision)} of its ${grouped ? "marks" : "suggestions"} were right, but only ${share(best.bound)} is certain.`;
  return `No confidence reaches the target of ${share(target)} yet, so no suggestion is trusted. ${known} More answers help most: they make the model better and what is known of it more certain. So do corrections of doubtful answers, and a lower target.`;
}

type Audit = NonNullable<RunDetail["audit"]>;

/** What blind answers say of what is trusted. */
export function auditText({ items, right, total, precision, bound, ceiling }: Audit, target: number, item: string): string {
  if (total === 0 || precision === null) return `No trusted suggestion has been held against a blind answer yet. A share of them comes without its suggestion, so that it can be.`;
  const parts = total === items ? plural(total, item) : `${plural(total, "part")} of ${plural(items, item)}`;
  const found = `Of ${parts} answered blind, ${right.toLocaleString("en")} ${right === 1 ? "was" : "were"} suggested right: ${share(precision)}.`;
  const certain = bound === null || ceiling === null ? "" : ` With 95 % certainty it is between ${share(bound)} and ${share(ceiling)}.`;
  if (ceiling !== null && ceiling < target) return `${found}${certain} That is below the target of ${share(target)}: after enough answers the threshold goes up by itself.`;
  return `${found}${certain}${bound !== null && bound >= target ? ` The target of ${share(target)} is met.` : ""}`;
}

/** That a month's money is spent, and what to do. */
export function spentText({ monthly, currency, until }: Budget): string {
  const next = new Date(`${until}T00:00:00Z`);
  const month = new Date(next.getTime() - 1).toLocaleString("en", { month: "long", timeZone: "UTC" });
  const day = next.toLocaleString("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
  return `The budget of ${monthly.toLocaleString("en")} ${currency} for ${month} is spent. The next run may start on ${day}, or raise the budget.`;
}
