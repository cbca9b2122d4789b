import type { Answer } from "../api/types";
import type { SpanMark } from "../label/marks/spanMark";
import { CodePoints } from "../text/codePoints";
import { partOf, type Said } from "./suggestions";

/** The spans of an answer in UTF-16 units, numbered from 1; `said`: of a prelabel, what it says of itself. */
export function spansOf(answer: Answer | null | undefined, text: string, said: Said | null = null): SpanMark[] {
  if (!answer || !("spans" in answer)) return [];
  const points = new CodePoints(text);
  return answer.spans.map(({ label, start, end }, index) => ({
    shape: "span", id: String(index + 1), label, start: points.unitOf(start), end: points.unitOf(end), ...(said === null ? {} : { suggested: partOf(said, index) }),
  }));
}

/** The spans in the API's form: code points, in the order of the text. */
export function spanAnswer(spans: readonly SpanMark[], text: string): Answer {
  const points = new CodePoints(text);
  const inOrder = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  return { spans: inOrder.map(({ label, start, end }) => ({ label, start: points.before(start), end: points.before(end) })) };
}
