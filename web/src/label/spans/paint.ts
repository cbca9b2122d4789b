import { isUnsure, suggestionText } from "../../canvas/suggestion";
import { svg } from "../../canvas/svg";
import type { Pending } from "../marks/marking";
import type { SpanMark } from "../marks/spanMark";
import { levelsOf } from "./layout";
import type { Offsets } from "./offsets";

const BAR = 3;
const BAR_STEP = 4;
const LETTER = 6.4;
const PREFIX = "tagwerk-span";

interface Look {
  readonly labels: readonly { path: string; name: string; color: string }[];
  readonly selected: ReadonlySet<string>;
  readonly pending: Pending | null;
  readonly names: boolean;
}

/**
 * Spans over a text that stays as it is: the browser's highlights give their backgrounds, and an SVG above the text
 * has a bar and a name for each, so that spans which overlap can be told apart.
 */
export class SpanPaint {
  private readonly sheet = new CSSStyleSheet();
  private readonly overlay = svg("svg", { class: "span-overlay", "aria-hidden": "true" });
  private styled = "";

  constructor(private readonly root: HTMLElement, private readonly offsets: Offsets) {
    root.append(this.overlay);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
  }

  destroy(): void {
    this.overlay.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
    for (const name of [...CSS.highlights.keys()]) if (name.startsWith(PREFIX)) CSS.highlights.delete(name);
  }

  show(spans: readonly SpanMark[], look: Look): void {
    this.style(look);
    for (const [index, { path }] of look.labels.entries()) this.highlight(`${PREFIX}-${index}`, spans.filter(({ label }) => label === path));
    this.highlight(`${PREFIX}-pending`, look.pending === null ? [] : [look.pending]);
    this.mark(spans, look);
  }

  private style({ labels }: Look): void {
    const rules = labels.map(({ color }, index) => `::highlight(${PREFIX}-${index}) { background-color: ${color}48; }`);
    const styles = [...rules, `::highlight(${PREFIX}-pending) { background-color: Highlight; color: HighlightText; }`].join("\n");
    if (styles !== this.styled) this.sheet.replaceSync((this.styled = styles));
  }

  private highlight(name: string, stretches: readonly { start: number; end: number }[]): void {
    const highlight = new Highlight(...stretches.flatMap((stretch) => this.offsets.ranges(stretch)));
    if (name.endsWith("pending")) highlight.priority = 1;
    CSS.highlights.set(name, highlight);
  }

  private mark(spans: readonly SpanMark[], { labels, selected, names }: Look): void {
    const origin = this.root.getBoundingClientRect();
    const levels = levelsOf(spans);
    const byPath = new Map(labels.map((label) => [label.path, label]));
    const taken = new Map<number, number>();
    const drawn = spans.toSorted((a, b) => a.start - b.start).map((span) => {
      const label = byPath.get(span.label);
      const group = svg("g", { class: ["span-mark", selected.has(span.id) && "selected", isUnsure(span) && "unsure"].filter(Boolean).join(" ") });
      group.style.setProperty("--span", label?.color ?? "#888888");
      const rects = this.offsets.ranges(span).flatMap((range) => [...range.getClientRects()]).map((rect) => ({ x: rect.left - origin.left, y: rect.top - origin.top, width: rect.width, height: rect.height }));
      const level = levels.get(span.id) ?? 0;
      group.append(...rects.map(({ x, y, width, height }) => barOf(x, y + height + level * BAR_STEP, width, isUnsure(span))));
      const [first] = rects;
      const name = label?.name ?? span.label;
      const said = span.suggested !== undefined && selected.has(span.id) ? `${name} · ${suggestionText(span.suggested)}` : name;
      if (first !== undefined && (names || rects.length > 0)) group.append(...nameOf(said, first, taken));
      return group;
    });
    this.overlay.setAttribute("width", String(this.root.clientWidth));
    this.overlay.setAttribute("height", String(this.root.clientHeight));
    this.overlay.replaceChildren(...drawn);
  }
}

/** The bar under a span: dashed where nobody vouches for it. */
function barOf(x: number, y: number, width: number, unsure: boolean): SVGElement {
  const middle = y + BAR / 2;
  return unsure ? svg("line", { x1: x, x2: x + width, y1: middle, y2: middle }) : svg("rect", { x, y, width, height: BAR, rx: BAR / 2 });
}

/** The label's name over the first line of the span, pushed aside by one that is there already. */
function nameOf(name: string, { x, y, width }: { x: number; y: number; width: number }, taken: Map<number, number>): SVGElement[] {
  const line = Math.round(y);
  const at = Math.max(x, taken.get(line) ?? 0);
  const long = name.length * LETTER + 10;
  // A name that would be pushed far from its span says less than none.
  if (at > x + width + 2 * long) return [];
  taken.set(line, at + long);
  const text = svg("text", { x: at, y: y - 3 });
  text.textContent = name;
  return [text];
}
