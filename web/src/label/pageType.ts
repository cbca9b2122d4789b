import type { Task } from "../api/types";
import type { Kind } from "../kinds/kinds";

export type Typed = Pick<Task, "type" | "items">;

export const isPrelabeled = ({ items }: Typed) => items.some(({ prelabel }) => prelabel != null);

function suggestionsText({ items }: Typed, { marks }: Kind): string {
  if (items.every(({ trusted }) => trusted === true)) return "Trusted suggestions";
  if (items.every(({ trusted }) => trusted !== false)) return "Suggestions";
  if (marks === null) return "Unsure suggestions";
  return items.some(({ unsure = [] }) => unsure.length > 0) ? "Suggestions, some unsure" : "Suggestions, maybe not all";
}

/** What sort of page it is, in a labeler's words; null of a plain one. */
export function typeText(task: Typed, kind: Kind): string | null {
  if (task.type === "manual") return null;
  const said = isPrelabeled(task) ? suggestionsText(task, kind) : null;
  if (task.type === "prelabeled") return said ?? "Suggestions";
  const alike = `${kind.item === "image" ? "Images" : "Texts"} that look alike`;
  return said === null ? alike : `${alike}: ${said.toLowerCase()}`;
}
