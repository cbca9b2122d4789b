import type { LabelingState } from "../state";
import { withMarking } from "../marks/document";

/** Hides these regions, or shows them again once all of them are hidden. */
export function hiding(state: LabelingState, ids: readonly string[]): Partial<LabelingState> {
  return withMarking(state, { hidden: flipped(state.marking.hidden, ids) });
}

/** Fixes these regions in place, or lets them be changed again. */
export function fixing(state: LabelingState, ids: readonly string[]): Partial<LabelingState> {
  return withMarking(state, { fixed: flipped(state.marking.fixed, ids) });
}

function flipped(set: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  return ids.every((id) => set.has(id)) ? new Set([...set].filter((id) => !ids.includes(id))) : new Set([...set, ...ids]);
}
