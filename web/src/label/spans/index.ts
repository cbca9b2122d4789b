import type { MarkingView } from "../marks/marking";
import { SUGGESTION_KEYS } from "../marks/suggestions";
import { spanMarking } from "./marking";
import { SpanList } from "./SpanList";
import { SpanStage } from "./SpanStage";

/** Everything that texts with entities need on the labeling page, loaded only for them. */
export const view: MarkingView = {
  marking: spanMarking,
  Stage: SpanStage,
  List: SpanList,
  keys: [
    ["Drag", "Mark the words under it; with Alt just the letters"],
    ["Double click", "Mark a word"],
    ["← → ↑ ↓", "Take the next word; with Shift more of them"],
    ["Space", "Mark the words at hand"],
    [", .", "Select the entity before, the next"],
    ...SUGGESTION_KEYS,
    ["#", "Select all of this label"],
    ["Ctrl A", "Select all"],
    ["⌫", "Remove what is selected"],
    ["Esc", "Let go"],
    ["Z, Y", "Undo, redo"],
    ["+ −", "Larger, smaller text"],
  ],
};
