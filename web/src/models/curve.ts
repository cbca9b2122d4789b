import type { RunDetail } from "../api/types";
import { share } from "./words";
import { t } from "../words/words";

export type CurvePoint = NonNullable<RunDetail["report"]>["curve"][number];

/** The plot, in the units of its picture: the axes' numbers stand outside of it. */
export const PLOT = { left: 44, right: 616, top: 10, bottom: 218 } as const;

export interface Scale {
  readonly x: (threshold: number) => number;
  readonly y: (share: number) => number;
  /** Confidences to write below the plot. */
  readonly ticks: readonly number[];
}

const TICKS = 5;

/** From the least confidence of the curve to the highest; shares from 0 to 1. */
export function scaleOf(curve: readonly CurvePoint[]): Scale {
  const thresholds = curve.map(({ threshold }) => threshold);
  const least = Math.min(...thresholds, 1);
  const most = Math.max(...thresholds, least + 1e-6);
  const width = PLOT.right - PLOT.left;
  return {
    x: (threshold) => PLOT.left + (width * (Math.min(most, Math.max(least, threshold)) - least)) / (most - least),
    y: (value) => PLOT.bottom - (PLOT.bottom - PLOT.top) * value,
    ticks: Array.from({ length: TICKS }, (_, index) => least + ((most - least) * index) / (TICKS - 1)),
  };
}

const place = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** A line through one figure of all points. */
export function lineOf(curve: readonly CurvePoint[], { x, y }: Scale, figure: "precision" | "bound" | "coverage"): string {
  return curve.map((point, index) => `${index === 0 ? "M" : "L"}${place(x(point.threshold), y(point[figure]))}`).join("");
}

/** What lies between precision and its bound. */
export function bandOf(curve: readonly CurvePoint[], scale: Scale): string {
  const back = lineOf(curve.toReversed(), scale, "bound").replace("M", "L");
  return curve.length === 0 ? "" : `${lineOf(curve, scale, "precision")}${back}Z`;
}

/** The point whose confidence is nearest to a place on the plot; -1 of no points. */
export function nearest(curve: readonly CurvePoint[], { x }: Scale, at: number): number {
  const away = curve.map(({ threshold }) => Math.abs(x(threshold) - at));
  return away.indexOf(Math.min(...away));
}

export function pointText({ threshold, precision, bound, coverage }: CurvePoint, parts: string): string {
  return t("From {threshold} confidence on: {precision} right, {bound} at least, {coverage} of all {parts}", { threshold: share(threshold), precision: share(precision), bound: share(bound), coverage: share(coverage), parts });
}
