import type { Answer } from "../api/types";

export function answerText(answer: Answer | null, skipped: string | null): string {
  if (skipped !== null) return `Skipped: ${skipped}`;
  return answer !== null && "labels" in answer ? answer.labels.join(", ") : "";
}
