import type { PastPage } from "../history/history";
import type { Overlay } from "./keys";
import type { Layout } from "./layout";
import type { MarkingState } from "./marks/marking";
import type { Mark } from "./pace";
import type { Page } from "./page";

export interface Notice {
  readonly text: string;
  readonly tone: "info" | "warning";
  readonly at: number;
}

export interface LabelingState {
  /**
   * `empty`: nothing is left for this labeler. `refused`: the server says no, see `problem`.
   * `away`: nobody was here until the lease ended, and nothing is claimed before somebody is.
   */
  readonly phase: "loading" | "labeling" | "empty" | "refused" | "away";
  readonly problem: string | null;
  /** The first is on screen, the others wait behind it with their images decoded. */
  readonly pages: readonly Page[];
  readonly layout: Layout;
  readonly overlay: Overlay | null;
  readonly instructions: boolean;
  /** The list of what was submitted is in the place of the labels. */
  readonly lastPages: boolean;
  readonly notice: Notice | null;
  readonly startedAt: number;
  readonly done: number;
  readonly marks: readonly Mark[];
  /** The last pages submitted from this browser, the oldest first. */
  readonly history: readonly PastPage[];
  readonly reopening: boolean;
  /** Submitted tasks that the outbox has not stored durably yet. */
  readonly outgoing: readonly string[];
  /** The browser has no room for drafts. */
  readonly unkept: boolean;
  readonly marking: MarkingState;
}

const NO_MARKING: MarkingState = {
  tool: "select", label: null, selected: new Set(), drawn: false, hidden: new Set(), fixed: new Set(), locked: false, names: null, brush: null, copied: [],
  pending: null, caret: 0,
};

export function initialState(layout: Layout, now: number, marking: Partial<MarkingState> = {}): LabelingState {
  return {
    phase: "loading", problem: null, pages: [], layout, overlay: null, instructions: false, lastPages: false, notice: null,
    startedAt: now, done: 0, marks: [], history: [], reopening: false, outgoing: [], unkept: false,
    marking: { ...NO_MARKING, ...marking },
  };
}
