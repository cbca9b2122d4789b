import type { Stretch } from "../../text/words";

/** Between places in the DOM and places in the text: every element with `data-start` holds one cell's text. */
export class Offsets {
  constructor(private readonly root: HTMLElement) {}

  private get cells(): { element: HTMLElement; start: number; length: number }[] {
    return [...this.root.querySelectorAll<HTMLElement>("[data-start]")].map((element) => ({
      element,
      start: Number(element.dataset.start),
      length: element.textContent.length,
    }));
  }

  /** The place in the text of a place in the DOM. */
  at(node: Node, offset: number): number {
    let end = 0;
    for (const { element, start, length } of this.cells) {
      const range = document.createRange();
      range.selectNodeContents(element);
      const where = range.comparePoint(node, offset);
      if (where < 0) return start;
      if (where === 0) {
        range.setEnd(node, offset);
        return start + range.toString().length;
      }
      end = start + length;
    }
    return end;
  }

  /** The DOM ranges of a stretch: one for each cell that it touches. */
  ranges({ start, end }: Stretch): Range[] {
    return this.cells.flatMap(({ element, start: from, length }) => {
      const node = element.firstChild;
      const [first, last] = [Math.max(0, start - from), Math.min(length, end - from)];
      if (node === null || first >= last) return [];
      const range = document.createRange();
      range.setStart(node, first);
      range.setEnd(node, last);
      return [range];
    });
  }
}

interface Found {
  readonly node: Node;
  readonly offset: number;
}

/** Browsers ask for it by two names; Safari by the older one. */
function caretAt(x: number, y: number): Found | null {
  if ("caretPositionFromPoint" in document) {
    const found = document.caretPositionFromPoint(x, y);
    return found === null ? null : { node: found.offsetNode, offset: found.offset };
  }
  const found = (document as Older).caretRangeFromPoint?.(x, y) ?? null;
  return found === null ? null : { node: found.startContainer, offset: found.startOffset };
}

interface Older {
  caretRangeFromPoint?(x: number, y: number): Range | null;
}

/** The place in the text under a point of the window; null where there is none. */
export function placeAt(offsets: Offsets, x: number, y: number): number | null {
  const found = caretAt(x, y);
  return found === null ? null : offsets.at(found.node, found.offset);
}
