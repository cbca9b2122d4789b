import type { Answer } from "../api/types";
import type { SpanMark } from "../label/marks/spanMark";
import { CodePoints } from "../text/codePoints";

/** The spans of an answer in UTF-16 units, numbered from 1. */
export function spansOf(answer: Answer | null | undefined, text: string, suggested = false): SpanMark[] {
  if (!answer || !("spans" in answer)) return [];
  const points = new CodePoints(text);
  return answer.spans.map(({ label, start, end }, index) => ({
    shape: "span", id: String(index + 1), label, start: points.unitOf(start), end: points.unitOf(end), ...(suggested ? { suggested: true as const } : {}),
  }));
}

/** The spans in the API's form: code points, in the order of the text. */
export function spanAnswer(spans: readonly SpanMark[], text: string): Answer {
  const points = new CodePoints(text);
  const inOrder = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  return { spans: inOrder.map(({ label, start, end }) => ({ label, start: points.before(start), end: points.before(end) })) };
}
