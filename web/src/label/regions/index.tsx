import type { MarkingView } from "../marks/marking";
import { SUGGESTION_KEYS } from "../marks/suggestions";
import { RegionList } from "./RegionList";
import { RegionStage } from "./RegionStage";
import { TOOL_KEYS, type RegionMarks } from "./keys";
import { regionMarking } from "./marking";
import { TOOL_FACES } from "./tools";

const SHARED = [
  [", .", "Select the region before, the next"],
  ...SUGGESTION_KEYS,
  ["Ctrl A, #", "Select all, all of this label"],
  ["⌫", "Delete what is selected; a polygon's last point"],
  ["← → ↑ ↓", "Move it by a pixel; by ten with Shift; stretch it with Ctrl"],
  ["D", "Duplicate"],
  ["Ctrl C, Ctrl V", "Copy, paste: also on the next image"],
  ["PgUp PgDn", "Bring to the front, to the back"],
  ["Esc", "Forget what is begun, or the selection"],
  ["Z, Y", "Undo, redo"],
  ["H", "Hide what is selected, or all; show again"],
  ["N", "Names of all"],
  ["L", "Lock what is there"],
  ["+ − Home", "Larger, smaller, fit"],
  ["W", "Drag for brightness and contrast; of DICOM, the window"],
  ["< >", "Frame before, next frame"],
  ["Space", "Hold to drag the image"],
] as const;

function keysOf(marks: RegionMarks): MarkingView["keys"] {
  const tools = Object.entries(TOOL_KEYS[marks]).map(([key, tool]) => [key.toUpperCase(), TOOL_FACES[tool].title] as const);
  const own = marks === "boxes" ? ([["G", "Put a box into the middle"]] as const) : marks === "masks" ? ([["[ ]", "Smaller, larger brush"]] as const) : [];
  return [...tools, ...own, ...SHARED];
}

/** Everything that images with regions need on the labeling page, loaded only for them. */
export function viewOf(marks: RegionMarks): MarkingView {
  return { marking: regionMarking(marks), Stage: () => <RegionStage marks={marks} />, List: RegionList, keys: keysOf(marks) };
}
