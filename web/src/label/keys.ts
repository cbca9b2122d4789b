import type { ToolName } from "../canvas/owner";
import type { Direction } from "./page";

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

export type Overlay = "skip" | "keys" | "enlarge";

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
}

export interface KeyContext {
  readonly overlay: Overlay | null;
  /** Label paths by key, as `hotkeys` gives keys by path. */
  readonly labels: ReadonlyMap<string, string>;
  readonly pageIsFresh: boolean;
  /** What keys mean besides, where something is marked. */
  readonly marking?: (press: KeyPress) => Command | null;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last",
};

const LETTERS: Readonly<Record<string, Command>> = {
  a: { do: "all" },
  s: { do: "open", overlay: "skip" },
  z: { do: "undo" },
  i: { do: "instructions" },
  f: { do: "search" },
  v: { do: "open", overlay: "enlarge" },
  "?": { do: "open", overlay: "keys" },
};

const NAMED: Readonly<Record<string, Command>> = {
  Enter: { do: "submit" },
  " ": { do: "toggle" },
  Escape: { do: "none" },
};

/** The digit by the key's place, so that layouts which need Shift for digits work too. */
function digitOf(press: KeyPress): string | null {
  return /^(?:Digit|Numpad)([0-9])$/.exec(press.code)?.[1] ?? (/^[0-9]$/.test(press.key) ? press.key : null);
}

function inOverlay(press: KeyPress, overlay: Overlay): Command | null {
  const key = press.key.toLowerCase();
  if (key === "escape" || (overlay === "keys" && key === "?")) return { do: "close" };
  if (overlay === "enlarge" && (key === "v" || key === " ")) return { do: "close" };
  const digit = overlay === "skip" ? digitOf(press) : null;
  return digit === null ? null : { do: "reason", index: Number(digit) - 1 };
}

function withControl(press: KeyPress): Command | null {
  const key = press.key.toLowerCase();
  if (key === "a") return { do: "all" };
  return key === "z" && !press.shiftKey ? { do: "undo" } : null;
}

function labelCommand(press: KeyPress, labels: KeyContext["labels"]): Command | null {
  const digit = digitOf(press);
  const label = digit === null ? undefined : labels.get(press.shiftKey ? `Shift+${digit}` : digit);
  return label === undefined ? null : { do: "label", label };
}

/** What a key press means here and now, or null when it is not ours. */
export function commandFor(press: KeyPress, context: KeyContext): Command | null {
  if (press.altKey) return null;
  if (context.overlay !== null) return press.ctrlKey || press.metaKey ? null : inOverlay(press, context.overlay);
  const marks = context.marking?.(press) ?? null;
  if (marks !== null) return marks;
  if (press.ctrlKey || press.metaKey) return withControl(press);
  const direction = DIRECTIONS[press.key];
  if (direction !== undefined) return press.shiftKey ? { do: "extend", to: direction } : { do: "move", to: direction };
  if (press.repeat) return null;
  if (press.key === "Backspace" || press.key === "Delete") return { do: context.pageIsFresh ? "back" : "clear" };
  return labelCommand(press, context.labels) ?? NAMED[press.key] ?? LETTERS[press.key.toLowerCase()] ?? null;
}
