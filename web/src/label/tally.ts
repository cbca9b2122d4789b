import type { LabelingState } from "./state";

type Tally = Pick<LabelingState, "startedAt" | "done" | "marks">;

const keyOf = (user: string, project: string) => `tagwerk.tally.${user}.${project}`;

/** What this tab has counted before it was reloaded. */
export function storedTally(user: string, project: string): Partial<Tally> {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(user, project)) ?? "{}") as Partial<Tally>;
  } catch {
    return {};
  }
}

export function storeTally(user: string, project: string, tally: Tally): void {
  try {
    sessionStorage.setItem(keyOf(user, project), JSON.stringify(tally));
  } catch {
    // A full storage costs a count, and no work.
  }
}
