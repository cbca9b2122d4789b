import type { ToolName } from "../../canvas/owner";
import type { MarkingState } from "./marking";

export type Stroke = "finish" | "mark" | "cancel" | "delete";

/** Tools whose strokes go on until somebody ends them. */
const BY_POINTS: ReadonlySet<ToolName> = new Set(["polygon", "part", "hole"]);

/** What can be done now that has a key, but nothing on the stage to tap. */
export function strokesOf({ tool, pending, selected }: Pick<MarkingState, "tool" | "pending" | "selected">): Stroke[] {
  if (pending !== null) return ["mark", "cancel"];
  const ends: Stroke[] = BY_POINTS.has(tool) ? ["finish"] : [];
  const some: Stroke[] = selected.size > 0 ? ["delete"] : [];
  return ends.length + some.length === 0 ? [] : [...ends, "cancel", ...some];
}
