import type { MarkingView } from "../marks/marking";
import { SUGGESTION_KEYS } from "../marks/suggestions";
import { spanMarking } from "./marking";
import { SpanList } from "./SpanList";
import { SpanStage } from "./SpanStage";
import { t } from "../../words/words";

/** Everything that texts with entities need on the labeling page, loaded only for them. */
export const view: MarkingView = {
  marking: spanMarking,
  Stage: SpanStage,
  List: SpanList,
  keys: [
    [t("Drag"), t("Mark the words under it; with Alt just the letters")],
    [t("Double click"), t("Mark a word")],
    ["← → ↑ ↓", t("Take the next word; with Shift more of them")],
    [t("Space"), t("Mark the words at hand")],
    [", .", t("Select the entity before, the next")],
    ...SUGGESTION_KEYS,
    ["#", t("Select all of this label")],
    [t("Ctrl A"), t("Select all")],
    ["⌫", t("Remove what is selected")],
    ["Esc", t("Let go")],
    ["Z, Y", t("Undo, redo")],
    ["+ −", t("Larger, smaller text")],
  ],
};
