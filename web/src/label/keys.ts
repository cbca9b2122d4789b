import type { ToolName } from "../canvas/owner";
import { chordsOf, type KeyPress } from "../keymap/chord";
import { lookUp } from "../keymap/keymap";
import type { CommandId, Mode } from "../keymap/table";
import type { Kind } from "../kinds/kinds";
import type { Direction } from "./page";

export type { KeyPress } from "../keymap/chord";

export type Command =
  | { do: "label"; label: string }
  | { do: "move"; to: Direction }
  | { do: "toggle" }
  | { do: "extend"; to: Direction }
  | { do: "all" }
  | { do: "none" }
  | { do: "submit" }
  | { do: "undo" }
  | { do: "back" }
  /** Through the pages that were submitted. */
  | { do: "walk"; by: 1 | -1 }
  | { do: "clear" }
  | { do: "open"; overlay: Overlay }
  | { do: "close" }
  | { do: "reason"; index: number }
  | { do: "instructions" }
  | { do: "lastPages" }
  | { do: "search" }
  /** The key is taken, by something else than a command. */
  | { do: "nothing" }
  | MarkCommand;

/** What only kinds with marks know: regions in images, spans in texts. */
export type MarkCommand =
  | { do: "tool"; tool: ToolName }
  | { do: "redo" }
  | { do: "pick"; ids: readonly string[] }
  | { do: "cycle"; by: 1 | -1 }
  /** To the next suggestion that is unsure, or the one before. */
  | { do: "unsure"; by: 1 | -1 }
  | { do: "keep" }
  | { do: "reveal" }
  | { do: "hide" }
  | { do: "names" }
  | { do: "lock" }
  | { do: "copy" }
  | { do: "paste" }
  | { do: "duplicate" }
  | { do: "place" }
  | { do: "order"; by: 1 | -1 }
  | { do: "nudge"; x: number; y: number; stretch: boolean }
  | { do: "caret"; by: 1 | -1; extend: boolean; line: boolean }
  | { do: "mark" }
  | { do: "alike" }
  | { do: "brush"; larger: boolean }
  | { do: "zoom"; factor: number }
  | { do: "fit" }
  | { do: "frame"; by: 1 | -1 };

export type Overlay = "skip" | "flag" | "keys" | "enlarge";

export interface KeyContext {
  readonly mode: Mode;
  readonly overlay: Overlay | null;
  /** Label paths by chord. */
  readonly labels: Pick<ReadonlyMap<string, string>, "get">;
  readonly pageIsFresh: boolean;
  /** What commands mean where something is marked. */
  readonly marking?: (id: CommandId, press: KeyPress) => Command | null;
}

const DIRECTIONS: Readonly<Partial<Record<CommandId, Direction>>> = {
  "moves.left": "left", "moves.right": "right", "moves.up": "up", "moves.down": "down", "grid.first": "first", "grid.last": "last",
};

const COMMANDS: Readonly<Partial<Record<CommandId, Command>>> = {
  "page.submit": { do: "submit" },
  "page.skip": { do: "open", overlay: "skip" },
  "page.earlier": { do: "walk", by: -1 },
  "page.later": { do: "walk", by: 1 },
  "page.instructions": { do: "instructions" },
  "page.search": { do: "search" },
  "everywhere.keys": { do: "open", overlay: "keys" },
  "answer.undo": { do: "undo" },
  "answer.letGo": { do: "none" },
  "grid.all": { do: "all" },
  "grid.toggle": { do: "toggle" },
  "grid.enlarge": { do: "open", overlay: "enlarge" },
};

/** What of the keymap holds for a kind. */
export function modeOf({ marks, item }: Kind): Mode {
  return marks ?? (item === "text" ? "texts" : "images");
}

/** What opened an overlay closes it, and so does Esc. */
function inOverlay(press: KeyPress, id: CommandId | null, overlay: Overlay): Command | null {
  const [digit] = chordsOf(press);
  if (press.key === "Escape" || (overlay === "keys" && id === "everywhere.keys")) return { do: "close" };
  if (overlay === "enlarge" && (id === "grid.enlarge" || id === "grid.toggle")) return { do: "close" };
  return overlay === "skip" && digit !== undefined && /^[1-9]$/.test(digit) ? { do: "reason", index: Number(digit) - 1 } : null;
}

/** What a key press means here and now, or null when it is not ours. */
export function commandFor(press: KeyPress, context: KeyContext): Command | null {
  const id = lookUp(press, context.mode);
  if (context.overlay !== null) return inOverlay(press, id, context.overlay);
  const label = chordsOf(press).flatMap((chord) => context.labels.get(chord) ?? [])[0];
  if (label !== undefined) return press.repeat ? null : { do: "label", label };
  if (id === null) return null;
  const marks = context.marking?.(id, press) ?? null;
  if (marks !== null) return marks;
  const to = DIRECTIONS[id];
  if (to !== undefined) return press.shiftKey ? { do: "extend", to } : { do: "move", to };
  if (id === "answer.remove") return { do: context.pageIsFresh ? "back" : "clear" };
  return COMMANDS[id] ?? null;
}
