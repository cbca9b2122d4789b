import type { ReviewAction } from "../api/types";
import type { KeyPress } from "../label/keys";
import { t } from "../words/words";

export type Direction = "left" | "right" | "up" | "down" | "first" | "last";

export type ReviewCommand =
  | { do: "move"; to: Direction; extends: boolean }
  | { do: "step"; by: 1 | -1 }
  | { do: "toggle" | "all" | "none" | "open" | "close" | "correct" | "keys" }
  /** What the keys R and G do depends on the items. */
  | { do: "reject" | "gold" }
  | { do: "act"; action: ReviewAction };

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last",
};

const LETTERS: Readonly<Record<string, ReviewCommand>> = {
  a: { do: "act", action: "approve" },
  u: { do: "act", action: "unapprove" },
  r: { do: "reject" },
  s: { do: "act", action: "accept_skip" },
  h: { do: "act", action: "assign" },
  g: { do: "gold" },
  e: { do: "correct" },
  "?": { do: "keys" },
};

const IN_GRID: Readonly<Record<string, ReviewCommand>> = {
  " ": { do: "toggle" }, Enter: { do: "open" }, Escape: { do: "none" },
};

const IN_ITEM: Readonly<Record<string, ReviewCommand>> = {
  ArrowLeft: { do: "step", by: -1 }, ArrowRight: { do: "step", by: 1 }, p: { do: "step", by: -1 }, n: { do: "step", by: 1 },
};

export const KEY_LIST: readonly (readonly [key: string, what: string])[] = [
  ["← → ↑ ↓", t("Go to another item")],
  [t("Space"), t("Select it, or not")],
  [t("Shift ← →"), t("Select a range; also Shift click")],
  [t("Ctrl A"), t("Select all that are shown, or none")],
  ["Esc", t("Select none; close")],
  ["Enter", t("Open the item")],
  ["N, →", t("In an open item: the next")],
  ["P, ←", t("In an open item: the one before")],
  ["A", t("Approve")],
  ["U", t("Take approval back")],
  ["R", t("Reject, with a comment: Enter sends it")],
  ["S", t("Accept the skip")],
  ["H", t("Hand to a labeler")],
  ["G", t("Make gold, or gold no more")],
  ["E", t("Correct")],
  ["?", t("This list")],
];

/** What a key press means in the grid, or inside an open item; null when it is not ours. */
export function reviewCommand(press: KeyPress, opened: boolean): ReviewCommand | null {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.altKey) return null;
  if (press.ctrlKey || press.metaKey) {
    if (key === " ") return opened ? null : { do: "toggle" };
    return key === "a" && !opened ? { do: "all" } : null;
  }
  if (opened && IN_ITEM[key] !== undefined) return IN_ITEM[key];
  const direction = DIRECTIONS[key];
  if (direction !== undefined) return opened ? null : { do: "move", to: direction, extends: press.shiftKey };
  if (press.repeat) return null;
  return (opened ? undefined : IN_GRID[key]) ?? LETTERS[key] ?? null;
}
