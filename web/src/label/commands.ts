import type { Kind } from "../kinds/kinds";
import { applyLabel, clear, skip } from "./answer";
import type { Command } from "./keys";
import type { Layout } from "./layout";
import { move, targets, undoOnce, type Page } from "./page";
import { words } from "../words/words";
import { selectAll, selectNone, selectRange, toggleAt } from "./select";

export const BROKEN = words("Broken image");

/** Reasons to skip that are a key away. */
export const QUICK_REASONS = {
  image: [words("Blurry or dark"), words("Nothing to label"), words("More than one fits"), words("No label fits"), BROKEN],
  text: [words("Not understandable"), words("Nothing to label"), words("More than one fits"), words("No label fits"), words("Another language")],
} as const;

/** The page after a command, or the same page when the command is about something else. */
export function pageAfter(page: Page, command: Command, kind: Kind, layout: Layout): Page {
  switch (command.do) {
    case "label":
      return applyLabel(page, command.label, kind, layout);
    case "reason": {
      const reason = QUICK_REASONS[kind.item][command.index];
      return reason === undefined ? page : skip(page, reason, layout);
    }
    case "move":
      return move(page, layout, command.to);
    case "extend":
      return selectRange(page, move(page, layout, command.to).cursor);
    case "toggle":
      return toggleAt(page, page.cursor);
    case "all":
      return selectAll(page, layout);
    case "none":
      return selectNone(page);
    case "undo":
      return undoOnce(page);
    case "clear":
      return clear(page, targets(page));
    default:
      return page;
  }
}

const OF_NO_PAGE: ReadonlySet<Command["do"]> = new Set(["back", "walk", "lastPages", "instructions", "search", "close"]);

/** Whether the command is about the page on screen, and has to wait while there is none. */
export function needsPage(command: Command): boolean {
  return command.do === "open" ? command.overlay !== "keys" : !OF_NO_PAGE.has(command.do);
}

/** Whether the command decides something about items, which takes the labeler's time. */
export function decides(command: Command): boolean {
  return command.do === "label" || command.do === "reason";
}
