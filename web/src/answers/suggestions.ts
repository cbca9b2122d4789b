import type { TaskItem } from "../api/types";
import type { Suggestion } from "../canvas/suggestion";

/** What an item's prelabel says of itself. */
export type Said = Pick<TaskItem, "confidence" | "confidences" | "trusted" | "unsure">;

/** What is known of the prelabel of an item as a whole. */
export function suggestionOf({ confidence, trusted }: Said): Suggestion {
  return { confidence: confidence ?? null, trusted: trusted ?? null };
}

/** What is known of one region or span of the prelabel, by its place from 0. */
export function partOf({ confidences, trusted, unsure }: Said, index: number): Suggestion {
  const vouched = trusted == null ? null : unsure?.includes(index) !== true;
  return { confidence: confidences?.[index] ?? null, trusted: vouched };
}
