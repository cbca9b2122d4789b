import type { Answer } from "../api/types";
import { t } from "../words/words";

function labelsOf(answer: Answer): readonly string[] | null {
  if ("labels" in answer) return null;
  if ("boxes" in answer) return answer.boxes.map(({ label }) => label);
  if ("polygons" in answer) return answer.polygons.map(({ label }) => label);
  if ("masks" in answer) return answer.masks.map(({ label }) => label);
  return answer.spans.map(({ label }) => label);
}

/** "3 RBC, 1 WBC", in the order in which the labels first appear. */
export function countsText(labels: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => `${count} ${label}`).join(", ");
}

/** What was said of an item, in a line. */
export function answerText(answer: Answer | null | undefined, skipped: string | null | undefined): string {
  if (skipped != null) return t("Skipped: {skipped}", { skipped: t(skipped) });
  if (answer == null) return "";
  if ("labels" in answer) return answer.labels.join(", ");
  return countsText(labelsOf(answer) ?? []) || t("Nothing here");
}
