import type { Task } from "../api/types";
import type { Kind } from "../kinds/kinds";
import { t } from "../words/words";

export type Typed = Pick<Task, "type" | "items">;

export const isPrelabeled = ({ items }: Typed) => items.some(({ prelabel }) => prelabel != null);

function suggestionsText({ items }: Typed, { marks }: Kind): string {
  if (items.every(({ trusted }) => trusted === true)) return t("Trusted suggestions");
  if (items.every(({ trusted }) => trusted !== false)) return t("Suggestions");
  if (marks === null) return t("Unsure suggestions");
  return items.some(({ unsure = [] }) => unsure.length > 0) ? t("Suggestions, some unsure") : t("Suggestions, maybe not all");
}

/** What sort of page it is, in a labeler's words; null of a plain one. */
export function typeText(task: Typed, kind: Kind): string | null {
  if (task.type === "manual") return null;
  const said = isPrelabeled(task) ? suggestionsText(task, kind) : null;
  if (task.type === "prelabeled") return said ?? t("Suggestions");
  const alike = t("{Item}s that look alike", { item: kind.item });
  return said === null ? alike : `${alike}: ${said.toLowerCase()}`;
}
