import type { MarkingView } from "../marks/marking";
import { SUGGESTION_KEYS } from "../marks/suggestions";
import { RegionList } from "./RegionList";
import { RegionStage } from "./RegionStage";
import { TOOL_KEYS, type RegionMarks } from "./keys";
import { regionMarking } from "./marking";
import { TOOL_FACES } from "./tools";
import { t } from "../../words/words";

const SHARED = [
  [", .", t("Select the region before, the next")],
  ...SUGGESTION_KEYS,
  ["Ctrl A, #", t("Select all, all of this label")],
  ["⌫", t("Delete what is selected; a polygon's last point")],
  ["← → ↑ ↓", t("Move it by a pixel; by ten with Shift; stretch it with Ctrl")],
  ["D", t("Duplicate")],
  [t("Ctrl C, Ctrl V"), t("Copy, paste: also on the next image")],
  [t("PgUp PgDn"), t("Bring to the front, to the back")],
  ["Esc", t("Forget what is begun, or the selection")],
  ["Z, Y", t("Undo, redo")],
  ["H", t("Hide what is selected, or all; show again")],
  ["N", t("Names of all")],
  ["L", t("Lock what is there")],
  [t("+ − Home"), t("Larger, smaller, fit")],
  ["W", t("Drag for brightness and contrast; of DICOM, the window")],
  ["< >", t("Frame before, next frame")],
  [t("Space"), t("Hold to drag the image")],
] as const;

function keysOf(marks: RegionMarks): MarkingView["keys"] {
  const tools = Object.entries(TOOL_KEYS[marks]).map(([key, tool]) => [key.toUpperCase(), TOOL_FACES[tool].title] as const);
  const own = marks === "boxes" ? ([["G", t("Put a box into the middle")]] as const) : marks === "masks" ? ([["[ ]", t("Smaller, larger brush")]] as const) : [];
  return [...tools, ...own, ...SHARED];
}

/** Everything that images with regions need on the labeling page, loaded only for them. */
export function viewOf(marks: RegionMarks): MarkingView {
  return { marking: regionMarking(marks), Stage: () => <RegionStage marks={marks} />, List: RegionList, keys: keysOf(marks) };
}
