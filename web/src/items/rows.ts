import { useLayoutEffect, useMemo, useState, type RefObject } from "react";

/** How tiles of one size lie in rows, in CSS pixels. */
export interface Layout {
  readonly columns: number;
  /** How high a tile is. */
  readonly tile: number;
}

/** Rows, or tiles, from the first to before the end. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

const GAP = 10;
const FOOT = 32;
/** A tile is at least so wide: one of a picture, which is square, of a picture in a small window, and one of a text. */
const PICTURE = 148;
const SMALL_PICTURE = 128;
const TEXT = 240;
const TEXT_HEIGHT = 132;
const NARROW = 620;
/** So many rows more than are in sight are there on either side. */
const SPARE = 2;

export function layoutIn(width: number, texts: boolean): Layout {
  const least = texts ? TEXT : width < NARROW ? SMALL_PICTURE : PICTURE;
  const columns = Math.max(1, Math.floor((width + GAP) / (least + GAP)));
  const each = (width - GAP * (columns - 1)) / columns;
  return { columns, tile: (texts ? TEXT_HEIGHT : Math.max(0, each)) + FOOT };
}

/** Where a row begins, below the first one's beginning. */
export const topOf = ({ tile }: Layout, row: number) => row * (tile + GAP);

export const heightOf = (layout: Layout, rows: number) => Math.max(0, topOf(layout, rows) - GAP);

/** The rows to draw while the window's upper edge is `above` pixels below the first row's. */
export function rowsInSight({ tile }: Layout, rows: number, above: number, height: number): Span {
  const within = (row: number) => Math.min(rows, Math.max(0, row));
  const pitch = tile + GAP;
  return { first: within(Math.floor(above / pitch) - SPARE), end: within(Math.ceil((above + height) / pitch) + SPARE) };
}

const same = (one: Span, other: Span) => one.first === other.first && one.end === other.end;

/** The rows of a grid that are worth drawing, as the page is scrolled and the window changes its size. */
export function useRows(grid: RefObject<HTMLElement | null>, count: number, texts: boolean) {
  const [width, setWidth] = useState(0);
  const [span, setSpan] = useState<Span>({ first: 0, end: 0 });
  const layout = useMemo(() => layoutIn(width, texts), [width, texts]);
  const rows = Math.ceil(count / layout.columns);
  useLayoutEffect(() => {
    const { current } = grid;
    if (current === null) return;
    const look = () => {
      const box = current.getBoundingClientRect();
      setWidth(box.width);
      setSpan((before) => {
        const now = rowsInSight(layout, rows, -box.top, window.innerHeight);
        return same(before, now) ? before : now;
      });
    };
    const resizes = new ResizeObserver(look);
    for (const element of [current, document.body]) resizes.observe(element);
    document.addEventListener("scroll", look, { passive: true, capture: true });
    window.addEventListener("resize", look);
    look();
    return () => {
      resizes.disconnect();
      document.removeEventListener("scroll", look, { capture: true });
      window.removeEventListener("resize", look);
    };
  }, [grid, layout, rows]);
  return { layout, rows, span };
}
