import type { Quality } from "../api/types";
import type { Kind } from "../kinds/kinds";
import { t } from "../words/words";

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
  none: t("nothing: a reviewer decides"),
  first_label: t("the label that comes first in the list"),
  first_vote: t("the vote that came first"),
};

export const SPAN_MATCHES: Readonly<Record<SpanMatch, string>> = {
  exact: t("begin and end are the same"),
  overlap: t("half of each lies in the other"),
};

export const hasRegions = ({ marks }: Kind) => marks === "boxes" || marks === "polygons" || marks === "masks";

const percent = (share: number) => `${Number((100 * share).toFixed(2))}%`;

/** A project's settings in words. */
export function qualityLines(quality: Quality, kind: Kind): readonly (readonly [name: string, value: string])[] {
  const { consensus, min_labelers: least, max_labelers: most, gold_rate: gold, agreement } = { ...DEFAULTS, ...quality };
  const { threshold, iou, label_iou: byLabel, spans, tie_break: tie } = { ...DEFAULTS.agreement, ...agreement };
  const known = [t("Known answers"), gold === 0 ? "none" : t("{gold} of what is handed out", { gold: percent(gold) })] as const;
  if (!consensus) return [[t("Labelers"), t("one for each {item}", { item: kind.item })], known];
  const others = Object.entries<number>(byLabel).map(([label, share]) => `${label} ${percent(share)}`);
  return [
    [t("Labelers"), least === most ? t("{least} for each {item}", { least, item: kind.item }) : t("{least} to {most} for each {item}", { least, most, item: kind.item })],
    [t("Settled from"), t("{threshold} agreement on", { threshold: percent(threshold) })],
    ...(hasRegions(kind) ? [[t("Same region"), [t("from {iou} overlap on", { iou: percent(iou) }), ...(others.length === 0 ? [] : [others.join(", ")])].join("; ")] as const] : []),
    ...(kind.marks === "spans" ? [[t("Same entity"), SPAN_MATCHES[spans]] as const] : []),
    [t("A tie is decided by"), TIE_BREAKS[tie]],
    known,
  ];
}
