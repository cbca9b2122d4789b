import type { ComponentType } from "react";
import type { Answer, TaskItem } from "../../api/types";
import type { Document } from "../../canvas/document";
import type { ToolName } from "../../canvas/owner";
import type { Region } from "../../canvas/regions";
import type { CommandId } from "../../keymap/table";
import type { Kind } from "../../kinds/kinds";
import type { Command, KeyPress } from "../keys";
import type { LabelingState } from "../state";
import type { SpanMark } from "./spanMark";

/** What is marked in an item: a region of an image, or a span of a text. */
export type Mark = Region | SpanMark;

export type MarkDocument = Document<Mark>;

/** How a labeler is marking, from item to item. What is marked belongs to the page. */
export interface MarkingState {
  readonly tool: ToolName;
  /** The label of what is marked next. */
  readonly label: string | null;
  readonly selected: ReadonlySet<string>;
  /** What is selected was just drawn, not picked: a label key then chooses the next label. */
  readonly drawn: boolean;
  readonly hidden: ReadonlySet<string>;
  /** Regions that stay as they are, while the others may change. */
  readonly fixed: ReadonlySet<string>;
  readonly locked: boolean;
  /** Whether all marks show their names; null until somebody has chosen: those of entities do, those of regions do not. */
  readonly names: boolean | null;
  /** The brush's diameter in image pixels; null until somebody has chosen one. */
  readonly brush: number | null;
  readonly copied: readonly Mark[];
  /** The words that a key press would mark, and from where they were taken. */
  readonly pending: Pending | null;
  /** Where the next arrow key begins, in UTF-16 units. */
  readonly caret: number;
}

/** A stretch of the text, in UTF-16 units; `anchor` is the end that stays when it is extended. */
export interface Pending {
  readonly start: number;
  readonly end: number;
  readonly anchor: number;
}

/** What the surface on screen can do by key. It is attached as long as it is shown. */
export interface Surface {
  /** Ends what is begun, as a polygon is by Enter. False when nothing was. */
  finish(): boolean;
  /** Forgets what is begun. False when nothing was. */
  cancel(): boolean;
  /** Takes the last point back. False when there was none. */
  back(): boolean;
  /** Carries out what only the surface can: zooming, moving about. */
  run(command: Command): void;
  /** Whether this item has been on screen long enough to be looked at. */
  seen(item: string): boolean;
}

/** What the commands of a kind may see and change. */
export interface MarkingHost {
  readonly marks: Kind["marks"];
  /** Whether masks may share pixels. */
  readonly overlap: boolean;
  surface(): Surface | null;
  read(): LabelingState;
  update(change: Partial<LabelingState>): void;
  /** The size of the image on screen, once it is known. */
  size(): { width: number; height: number } | null;
  say(text: string): void;
}

/** How a kind with marks is labeled: its documents, keys and commands. Loaded only for such a kind. */
export interface Marking {
  /** The tool to begin with. */
  readonly firstTool: ToolName;
  /** The document that an item begins with: its answer so far, or what a model proposes. */
  open(item: TaskItem): MarkDocument;
  answer(document: MarkDocument, item: TaskItem): Answer;
  /** What a command of the keymap means besides what it means on every labeling page. */
  commandFor(id: CommandId, press: KeyPress): Command | null;
  /** Carries a command out; false when it is none of its own. */
  run(command: Command, host: MarkingHost): boolean;
  /** "3 boxes". */
  countText(count: number): string;
}

/** What of a kind with marks is on screen. */
export interface MarkingView {
  readonly marking: Marking;
  readonly Stage: ComponentType;
  /** The marks as a list beside the stage. */
  readonly List: ComponentType;
}
