import type { ReviewAction } from "../api/types";
import type { KeyPress } from "../keymap/chord";
import { lookUp } from "../keymap/keymap";
import type { CommandId } from "../keymap/table";

export type Direction = "left" | "right" | "up" | "down" | "first" | "last";

export type ReviewCommand =
  | { do: "move"; to: Direction; extends: boolean }
  | { do: "step"; by: 1 | -1 }
  | { do: "toggle" | "all" | "none" | "open" | "close" | "correct" | "keys" }
  /** What these keys do depends on the items. */
  | { do: "reject" | "gold" }
  | { do: "act"; action: ReviewAction };

const DIRECTIONS: Readonly<Partial<Record<CommandId, Direction>>> = {
  "moves.left": "left", "moves.right": "right", "moves.up": "up", "moves.down": "down", "reviewGrid.first": "first", "reviewGrid.last": "last",
};

const STEPS: Readonly<Partial<Record<CommandId, 1 | -1>>> = { "moves.left": -1, "moves.right": 1, "reviewItem.before": -1, "reviewItem.next": 1 };

const COMMANDS: Readonly<Partial<Record<CommandId, ReviewCommand>>> = {
  "everywhere.keys": { do: "keys" },
  "review.approve": { do: "act", action: "approve" },
  "review.unapprove": { do: "act", action: "unapprove" },
  "review.reject": { do: "reject" },
  "review.acceptSkip": { do: "act", action: "accept_skip" },
  "review.assign": { do: "act", action: "assign" },
  "review.gold": { do: "gold" },
  "review.correct": { do: "correct" },
  "reviewGrid.toggle": { do: "toggle" },
  "reviewGrid.all": { do: "all" },
  "reviewGrid.none": { do: "none" },
  "reviewGrid.open": { do: "open" },
};

/** What a key press means in the grid, or inside an open item; null when it is not ours. */
export function reviewCommand(press: KeyPress, opened: boolean): ReviewCommand | null {
  const id = lookUp(press, opened ? "item" : "review");
  if (id === null) return null;
  const by = opened ? STEPS[id] : undefined;
  if (by !== undefined) return { do: "step", by };
  const to = opened ? undefined : DIRECTIONS[id];
  return to === undefined ? (COMMANDS[id] ?? null) : { do: "move", to, extends: press.shiftKey };
}
