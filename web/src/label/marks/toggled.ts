import type { MarkingState } from "./marking";

/** What is selected after a click with Shift: one more, or one less. What was only just drawn does not count as selected. */
export function toggled({ selected, drawn }: Pick<MarkingState, "selected" | "drawn">, ids: readonly string[]): string[] {
  const before = drawn ? [] : [...selected];
  return [...before.filter((id) => !ids.includes(id)), ...ids.filter((id) => !before.includes(id))];
}
