import { t } from "../words/words";
/** How often one label was given where another stands; null is where there is nothing. */
export interface Confusion {
  readonly given: string | null;
  readonly consensus: string | null;
  readonly count: number;
}

export interface MatrixRow {
  /** What stands. */
  readonly label: string | null;
  /** By the matrix's labels: how often each was given, and its share of the row. */
  readonly cells: readonly { readonly count: number; readonly share: number }[];
}

export interface Matrix {
  readonly labels: readonly (string | null)[];
  readonly rows: readonly MatrixRow[];
  /** How many labels are left out because they are confused less. */
  readonly left: number;
}

function pairKey(consensus: string | null, given: string | null): string {
  return JSON.stringify([consensus, given]);
}

/** The labels that are confused most, at most `most` of them, in the order of the label tree; nothing comes last. */
export function matrixOf(confusions: readonly Confusion[], order: readonly string[], most: number): Matrix {
  const counts = new Map<string, number>();
  const mistaken = new Map<string | null, number>();
  const totals = new Map<string | null, number>();
  const raise = <K>(sums: Map<K, number>, key: K, by: number) => sums.set(key, (sums.get(key) ?? 0) + by);
  for (const { given, consensus, count } of confusions) {
    raise(counts, pairKey(consensus, given), count);
    raise(totals, consensus, count);
    for (const label of new Set([given, consensus])) raise(mistaken, label, given === consensus ? 0 : count);
  }
  const place = (label: string | null) => (label === null ? Infinity : order.includes(label) ? order.indexOf(label) : order.length);
  const ranked = [...mistaken].sort((one, other) => other[1] - one[1]).map(([label]) => label);
  const labels = ranked.slice(0, most).sort((one, other) => place(one) - place(other));
  const rows = labels.map((label) => ({
    label,
    cells: labels.map((given) => {
      const count = counts.get(pairKey(label, given)) ?? 0;
      return { count, share: count / Math.max(1, totals.get(label) ?? 0) };
    }),
  }));
  return { labels, rows, left: ranked.length - labels.length };
}

/** How alpha is to be read, by the marks that Krippendorff set. */
export function alphaSays(alpha: number | null): string {
  if (alpha === null) return t("Alpha is not defined here: with one answer everywhere there is nothing to be told apart.");
  if (alpha >= 0.8) return t("Labelers agree well: from 0.8 on, conclusions may be drawn from the labels.");
  if (alpha >= 0.667) return t("Labelers agree fairly: between 0.667 and 0.8 only tentative conclusions should be drawn.");
  if (alpha > 0) return t("Labelers agree too little: below 0.667 the labels should not be relied on. The instructions may leave too much open.");
  return t("Labelers agree no more than if they guessed.");
}
