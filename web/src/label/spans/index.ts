import type { MarkingView } from "../marks/marking";
import { spanMarking } from "./marking";
import { SpanList } from "./SpanList";
import { SpanStage } from "./SpanStage";

/** Everything that texts with entities need on the labeling page, loaded only for them. */
export const view: MarkingView = { marking: spanMarking, Stage: SpanStage, List: SpanList };
