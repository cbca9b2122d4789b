import type { SpanMark } from "../label/marks/spanMark";

/** A piece of a text that the same spans cover from end to end. */
export interface Piece {
  readonly text: string;
  /** The labels of the spans that cover it, the shortest span's first. */
  readonly labels: readonly string[];
  /** The labels of the spans that begin with it. */
  readonly begins: readonly string[];
}

/** The text cut wherever a span begins or ends. */
export function piecesOf(text: string, spans: readonly SpanMark[]): Piece[] {
  const cuts = [...new Set([0, ...spans.flatMap(({ start, end }) => [start, end]), text.length])].sort((a, b) => a - b);
  const byLength = spans.toSorted((a, b) => a.end - a.start - (b.end - b.start));
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? text.length;
    return {
      text: text.slice(from, to),
      labels: byLength.filter(({ start, end }) => start <= from && end >= to).map(({ label }) => label),
      begins: byLength.filter(({ start }) => start === from).map(({ label }) => label),
    };
  });
}
