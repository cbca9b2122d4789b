import type { Task } from "../api/types";
import type { Kind } from "../kinds/kinds";

export type Typed = Pick<Task, "type" | "items">;

export const isPrelabeled = ({ items }: Typed) => items.some(({ prelabel }) => prelabel != null);

function suggestionsText({ items }: Typed): string {
  if (items.every(({ trusted }) => trusted === true)) return "Trusted suggestions";
  return items.some(({ trusted }) => trusted === false) ? "Unsure suggestions" : "Suggestions";
}

/** What sort of page it is, in a labeler's words; null of a plain one. */
export function typeText(task: Typed, { item }: Kind): string | null {
  if (task.type === "manual") return null;
  const said = isPrelabeled(task) ? suggestionsText(task) : null;
  if (task.type === "prelabeled") return `${said ?? "Suggestions"}: check and correct`;
  const alike = `${item === "image" ? "Images" : "Texts"} that look alike`;
  return said === null ? alike : `${alike}: ${said.toLowerCase()}`;
}
