import type { Quality } from "../api/types";
import type { Kind } from "../kinds/kinds";

type Rules = NonNullable<Quality["agreement"]>;
export type TieBreak = NonNullable<Rules["tie_break"]>;
export type SpanMatch = NonNullable<Rules["spans"]>;

/** What the API takes where nothing else is said; a test holds it against the API's own description. */
export const DEFAULTS = {
  consensus: false,
  min_labelers: 1,
  max_labelers: 1,
  gold_rate: 0.05,
  agreement: { threshold: 0.6, iou: 0.5, label_iou: {}, spans: "exact", tie_break: "none" },
} as const satisfies Quality;

/** How many labelers a project with consensus begins with. */
export const SEVERAL = { least: "2", most: "3" } as const;

export const TIE_BREAKS: Readonly<Record<TieBreak, string>> = {
  none: "nothing: a reviewer decides",
  first_label: "the label that comes first in the list",
  first_vote: "the vote that came first",
};

export const SPAN_MATCHES: Readonly<Record<SpanMatch, string>> = {
  exact: "begin and end are the same",
  overlap: "half of each lies in the other",
};

export const hasRegions = ({ marks }: Kind) => marks === "boxes" || marks === "polygons" || marks === "masks";

const percent = (share: number) => `${Number((100 * share).toFixed(2))}%`;

/** A project's settings in words. */
export function qualityLines(quality: Quality, kind: Kind): readonly (readonly [name: string, value: string])[] {
  const { consensus, min_labelers: least, max_labelers: most, gold_rate: gold, agreement } = { ...DEFAULTS, ...quality };
  const { threshold, iou, label_iou: byLabel, spans, tie_break: tie } = { ...DEFAULTS.agreement, ...agreement };
  const known = ["Known answers", gold === 0 ? "none" : `${percent(gold)} of what is handed out`] as const;
  if (!consensus) return [["Labelers", `one for each ${kind.item}`], known];
  const others = Object.entries<number>(byLabel).map(([label, share]) => `${label} ${percent(share)}`);
  return [
    ["Labelers", least === most ? `${least} for each ${kind.item}` : `${least} to ${most} for each ${kind.item}`],
    ["Settled from", `${percent(threshold)} agreement on`],
    ...(hasRegions(kind) ? [["Same region", `from ${percent(iou)} overlap on${others.length === 0 ? "" : `; ${others.join(", ")}`}`] as const] : []),
    ...(kind.marks === "spans" ? [["Same entity", SPAN_MATCHES[spans]] as const] : []),
    ["A tie is decided by", TIE_BREAKS[tie]],
    known,
  ];
}
