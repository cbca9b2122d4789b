export const LAYOUTS = [1, 4, 6, 9] as const;

export type Layout = (typeof LAYOUTS)[number];

export interface Grid {
  columns: number;
  rows: number;
}

const GRIDS: Record<Layout, Grid> = {
  1: { columns: 1, rows: 1 },
  4: { columns: 2, rows: 2 },
  6: { columns: 3, rows: 2 },
  9: { columns: 3, rows: 3 },
};

/** The smallest grid that shows so many items, never larger than the chosen one. */
export function gridFor(count: number, layout: Layout): Grid {
  const enough = LAYOUTS.find((candidate) => candidate >= Math.min(count, layout)) ?? layout;
  return GRIDS[enough];
}

const KEY = "tagwerk.layout";

export function storedLayout(): Layout {
  return LAYOUTS.find((layout) => String(layout) === localStorage.getItem(KEY)) ?? 4;
}

export function storeLayout(layout: Layout): void {
  localStorage.setItem(KEY, String(layout));
}
