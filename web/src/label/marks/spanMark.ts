import type { Suggestible } from "../../canvas/suggestion";

/** A span of a text, in UTF-16 units as the browser counts them; half-open. */
export interface SpanMark extends Suggestible {
  readonly shape: "span";
  readonly id: string;
  readonly label: string;
  readonly start: number;
  readonly end: number;
}
