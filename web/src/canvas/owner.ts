import type { ChangeSet, Document } from "./document";
import type { Region } from "./regions";
import type { Suggestion } from "./suggestion";

export type ToolName = "select" | "points" | "box" | "extreme" | "template" | "polygon" | "part" | "hole" | "brush" | "eraser" | "window";

/** What the canvas shows and works on. It is asked for whenever it is needed, so nothing acts on an old one. */
export interface CanvasState {
  readonly document: Document<Region>;
  /** What new regions are: boxes, polygons, or masks, of which there is one for each label. */
  readonly draws: Region["shape"];
  readonly selected: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  /** Existing regions can be selected, but not moved or reshaped. */
  readonly locked: boolean;
  /** These cannot be moved or reshaped either, whatever else can. */
  readonly fixed?: ReadonlySet<string>;
  readonly tool: ToolName;
  /** The label of what is drawn next; null when none is chosen. */
  readonly label: string | null;
  /** The brush's diameter in image pixels. */
  readonly brush: number;
  /** Whether masks of different labels may share pixels. */
  readonly overlap: boolean;
  /** Whether every region shows its label's name, not only those that are selected. */
  readonly names: boolean;
}

/** Whoever shows a canvas: keeps the document, and says what labels look like. */
export interface CanvasOwner {
  read(): CanvasState;
  colorOf(label: string): string;
  /** Of a region that is only suggested, its name says so. */
  nameOf(label: string, suggested?: Suggestion): string;
  /** Somebody has changed regions. */
  commit(set: ChangeSet<Region>): void;
  /** `drawn`: not picked by hand, but just made. */
  select(ids: readonly string[], drawn: boolean): void;
  /** A sentence for the person, when something cannot be done. */
  say(text: string): void;
  /** The window tool was dragged by so many screen pixels. */
  adjusted?(dx: number, dy: number): void;
  /** The view has changed: so many screen pixels to an image pixel. */
  zoomed?(scale: number): void;
}
