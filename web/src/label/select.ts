import type { Layout } from "./layout";
import { visible, type Page } from "./page";

function withSelection(page: Page, ids: Iterable<string>): Page {
  return { ...page, selected: new Set(ids), selectionUsed: false };
}

export function toggleAt(page: Page, index: number): Page {
  const item = page.task.items[index];
  if (item === undefined) return page;
  const before = page.selectionUsed ? new Set<string>() : new Set(page.selected);
  if (!before.delete(item.id)) before.add(item.id);
  return { ...withSelection(page, before), cursor: index, anchor: index };
}

export function selectRange(page: Page, to: number): Page {
  const [first, last] = [Math.min(page.anchor, to), Math.max(page.anchor, to)];
  const ids = page.task.items.slice(first, last + 1).map((item) => item.id);
  return { ...withSelection(page, ids), cursor: to };
}

/** Selects every item on screen, or none when all of them are selected already. */
export function selectAll(page: Page, layout: Layout): Page {
  const ids = visible(page, layout).items.map((item) => item.id);
  const all = !page.selectionUsed && ids.every((id) => page.selected.has(id));
  return withSelection(page, all ? [] : ids);
}

export function selectNone(page: Page): Page {
  return withSelection(page, []);
}
