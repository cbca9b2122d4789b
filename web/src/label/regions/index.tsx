import type { MarkingView } from "../marks/marking";
import { RegionList } from "./RegionList";
import { RegionStage } from "./RegionStage";
import type { RegionMarks } from "./keys";
import { regionMarking } from "./marking";

/** Everything that images with regions need on the labeling page, loaded only for them. */
export function viewOf(marks: RegionMarks): MarkingView {
  return { marking: regionMarking(marks), Stage: () => <RegionStage marks={marks} />, List: RegionList };
}
