import { suggestedName } from "../../answers/suggestions";
import { isUnsure } from "../../canvas/suggestion";
import { svg } from "../../canvas/svg";
import { isRightToLeft } from "../../text/direction";
import type { Stretch } from "../../text/words";
import type { Pending } from "../marks/marking";
import type { SpanMark } from "../marks/spanMark";
import { hasHighlights, Highlights } from "./highlights";
import { levelsOf, placeNames, type WantedName } from "./layout";
import type { Offsets } from "./offsets";

const BAR = 3;
const BAR_STEP = 4;
const LETTER = 6.4;

interface Look {
  readonly text: string;
  readonly labels: readonly { path: string; name: string; color: string }[];
  readonly selected: ReadonlySet<string>;
  readonly pending: Pending | null;
  /** Whether every span has its name over it, not only those that are selected. */
  readonly names: boolean;
}

/** A span where it lies on screen. */
interface Laid {
  readonly span: SpanMark;
  readonly rects: readonly DOMRect[];
  readonly name: string;
  readonly color: string;
  readonly rtl: boolean;
}

/**
 * Spans over a text that stays as it is: the browser's highlights give their backgrounds, and an SVG above the text
 * has a bar and a name for each, so that spans which overlap can be told apart.
 */
export class SpanPaint {
  private readonly overlay = svg("svg", { class: "span-overlay", "aria-hidden": "true" });
  private readonly highlights: Highlights | null;

  constructor(private readonly root: HTMLElement, private readonly offsets: Offsets) {
    this.highlights = hasHighlights() ? new Highlights(offsets) : null;
    root.append(this.overlay);
  }

  destroy(): void {
    this.overlay.remove();
    this.highlights?.destroy();
  }

  show(spans: readonly SpanMark[], look: Look): void {
    this.highlights?.show(spans, look.labels, look.pending);
    const levels = levelsOf(spans);
    const laid = spans.map((span) => this.laid(span, look));
    const named = laid.filter(({ span }) => look.names || look.selected.has(span.id));
    const places = placeNames(named.map(wantedName));
    const nameAt = new Map(named.map((one, index) => [one, places[index]]));
    const pending = this.highlights !== null || look.pending === null ? [] : this.rectsOf(look.pending).map((rect) => backOf(rect, "span-pending"));
    this.overlay.setAttribute("width", String(this.root.clientWidth));
    this.overlay.setAttribute("height", String(this.root.clientHeight));
    this.overlay.replaceChildren(...pending, ...laid.map((one) => this.marked(one, look, levels.get(one.span.id) ?? 0, nameAt.get(one) ?? null)));
  }

  private marked({ span, rects, name, color, rtl }: Laid, { selected }: Look, level: number, nameAt: number | null): SVGElement {
    const group = svg("g", { class: ["span-mark", selected.has(span.id) && "selected", isUnsure(span) && "unsure"].filter(Boolean).join(" ") });
    group.style.setProperty("--span", color);
    if (this.highlights === null) group.append(...rects.map((rect) => backOf(rect, "span-back")));
    group.append(...rects.map(({ left, bottom, width }) => barOf(left, bottom + level * BAR_STEP, width, isUnsure(span))));
    if (nameAt === null || rects[0] === undefined) return group;
    const text = svg("text", { x: nameAt, y: rects[0].top - 3, "text-anchor": rtl ? "end" : "start" });
    text.textContent = name;
    group.append(text);
    return group;
  }

  private laid(span: SpanMark, { text, labels, selected }: Look): Laid {
    const label = labels.find(({ path }) => path === span.label);
    const name = label?.name ?? span.label;
    return {
      span,
      rects: this.rectsOf(span),
      name: selected.has(span.id) ? suggestedName(name, span.suggested) : name,
      color: label?.color ?? "#888888",
      rtl: isRightToLeft(text, span.start),
    };
  }

  /** Where a stretch lies in the text, line by line. */
  private rectsOf(stretch: Stretch): DOMRect[] {
    const { left, top } = this.root.getBoundingClientRect();
    const rects = this.offsets.ranges(stretch).flatMap((range) => [...range.getClientRects()]);
    return rects.map(({ x, y, width, height }) => new DOMRect(x - left, y - top, width, height));
  }
}

/** A name belongs over the first line of its span. */
function wantedName({ rects, name, rtl }: Laid): WantedName {
  const [first = new DOMRect()] = rects;
  const beside = rects.filter(({ top }) => Math.abs(top - first.top) < first.height / 2);
  const left = Math.min(...beside.map((rect) => rect.left));
  const right = Math.max(...beside.map((rect) => rect.right));
  return { line: Math.round(first.top), left, right, width: name.length * LETTER + 10, rtl };
}

/** The bar under a span: dashed where nobody vouches for it. */
function barOf(x: number, y: number, width: number, unsure: boolean): SVGElement {
  const middle = y + BAR / 2;
  return unsure ? svg("line", { x1: x, x2: x + width, y1: middle, y2: middle }) : svg("rect", { x, y, width, height: BAR, rx: BAR / 2 });
}

/** The background of a stretch, in browsers that have no highlights. */
function backOf({ x, y, width, height }: DOMRect, name: string): SVGElement {
  return svg("rect", { class: name, x, y, width, height });
}
