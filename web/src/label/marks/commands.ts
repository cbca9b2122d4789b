import { redo, removing, undo } from "../../canvas/document";
import type { Command } from "../keys";
import { isFresh } from "../page";
import { committed, currentItem, documentNow, pruned, withDocument, withMarking } from "./document";
import type { MarkingHost } from "./marking";
import { keep, stepUnsure } from "./suggestions";

/** Selects the next or previous mark in the order in which they were made. */
function cycle(host: MarkingHost, by: number): void {
  const state = host.read();
  const { marks } = documentNow(state);
  const at = marks.findIndex(({ id }) => state.marking.selected.has(id));
  const from = at === -1 && by < 0 ? 0 : at;
  const next = marks[(from + by + marks.length) % Math.max(1, marks.length)];
  if (next !== undefined) host.update(withMarking(state, { selected: new Set([next.id]), drawn: false }));
  host.surface()?.run({ do: "reveal" });
}

/** Undoes the last change of marks; false where the item is skipped, which the page itself undoes. */
function stepBack(host: MarkingHost): boolean {
  const state = host.read();
  const [page] = state.pages;
  const item = currentItem(page);
  if (item !== undefined && page?.drafts[item.id] !== undefined) return false;
  if (host.surface()?.back() !== true) host.update(withDocument(state, undo));
  host.update(pruned(host.read()));
  return true;
}

/** Removes what is selected; else the last page is taken back, if nothing has been done on this one. */
function remove(host: MarkingHost): boolean {
  const state = host.read();
  const { selected } = state.marking;
  if (host.surface()?.back() === true) return true;
  if (selected.size > 0) host.update(committed(state, removing(documentNow(state), selected)));
  host.update(pruned(host.read()));
  return selected.size > 0 || !(state.pages[0] === undefined || isFresh(state.pages[0]));
}

function hide(host: MarkingHost): void {
  const state = host.read();
  const all = documentNow(state).marks.map(({ id }) => id);
  const { hidden, selected } = state.marking;
  const chosen = selected.size > 0 && !state.marking.drawn ? [...selected] : all;
  const next = chosen.some((id) => !hidden.has(id)) ? new Set([...hidden, ...chosen]) : new Set([...hidden].filter((id) => !chosen.includes(id)));
  host.update(withMarking(state, { hidden: next }));
}

/** Esc: forget what is begun, else what is selected. */
function letGo(host: MarkingHost): void {
  if (host.surface()?.cancel() === true) return;
  host.update(withMarking(host.read(), { selected: new Set(), drawn: false, pending: null }));
}

/** Selects every mark of the label that the selection has, or else of the label to mark with. */
function alike(host: MarkingHost): void {
  const state = host.read();
  const { marks } = documentNow(state);
  const label = marks.find(({ id }) => state.marking.selected.has(id))?.label ?? state.marking.label;
  host.update(withMarking(state, { selected: new Set(marks.filter((mark) => mark.label === label).map(({ id }) => id)), drawn: false }));
}

/** The commands that mean the same whatever is marked. False when it is none of them. */
export function runCommon(command: Command, host: MarkingHost): boolean {
  const state = host.read();
  switch (command.do) {
    case "undo":
      return stepBack(host);
    case "redo":
      host.update(withDocument(state, redo));
      host.update(pruned(host.read()));
      return true;
    case "clear":
    case "back":
      return remove(host);
    case "none":
      letGo(host);
      return true;
    case "all":
      host.update(withMarking(state, { selected: new Set(documentNow(state).marks.map(({ id }) => id)), drawn: false }));
      return true;
    case "alike":
      alike(host);
      return true;
    case "cycle":
      cycle(host, command.by);
      return true;
    case "unsure":
      stepUnsure(host, command.by);
      return true;
    case "keep":
      keep(host);
      return true;
    case "hide":
      hide(host);
      return true;
    case "tool":
      host.surface()?.cancel();
      // Who takes up the arrow means what was just drawn.
      host.update(withMarking(host.read(), { tool: command.tool, drawn: state.marking.drawn && command.tool !== "select" }));
      return true;
    case "pick":
      host.update(withMarking(state, { selected: new Set(command.ids), drawn: false, pending: null }));
      return true;
    default:
      return false;
  }
}
