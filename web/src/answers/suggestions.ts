import type { TaskItem } from "../api/types";
import type { Suggestion } from "../canvas/suggestion";
import { t } from "../words/words";

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

/** "unsure 61 %", "trusted 97 %", or "suggested" where nothing is known. */
export function suggestionText({ confidence, trusted }: Suggestion): string {
  const word = trusted === true ? t("trusted") : trusted === false ? t("unsure") : t("suggested");
  return confidence == null ? word : `${word} ${percent(confidence)}`;
}

export const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** The name of a mark; what is only suggested says so behind it. */
export function suggestedName(name: string, suggested: Suggestion | undefined): string {
  return suggested === undefined ? name : `${name} · ${suggestionText(suggested)}`;
}
