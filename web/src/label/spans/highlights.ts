import type { Pending } from "../marks/marking";
import type { SpanMark } from "../marks/spanMark";
import type { Offsets } from "./offsets";

const PREFIX = "tagwerk-span";
const PENDING = `${PREFIX}-pending`;

/** Whether the browser can paint behind stretches of a text by itself. */
export function hasHighlights(): boolean {
  return (CSS as Partial<typeof CSS>).highlights !== undefined;
}

/** The backgrounds of spans as the browser's own highlights: the text stays as it is. */
export class Highlights {
  private readonly sheet = new CSSStyleSheet();
  private styled = "";

  constructor(private readonly offsets: Offsets) {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.sheet];
  }

  destroy(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
    for (const name of [...CSS.highlights.keys()]) if (name.startsWith(PREFIX)) CSS.highlights.delete(name);
  }

  show(spans: readonly SpanMark[], labels: readonly { path: string; color: string }[], pending: Pending | null): void {
    this.style(labels.map(({ color }) => color));
    for (const [index, { path }] of labels.entries()) this.put(`${PREFIX}-${index}`, spans.filter(({ label }) => label === path));
    this.put(PENDING, pending === null ? [] : [pending]);
  }

  private style(colors: readonly string[]): void {
    const rules = colors.map((color, index) => `::highlight(${PREFIX}-${index}) { background-color: ${color}48; }`);
    const styles = [...rules, `::highlight(${PENDING}) { background-color: Highlight; color: HighlightText; }`].join("\n");
    if (styles !== this.styled) this.sheet.replaceSync((this.styled = styles));
  }

  private put(name: string, stretches: readonly { start: number; end: number }[]): void {
    const highlight = new Highlight(...stretches.flatMap((stretch) => this.offsets.ranges(stretch)));
    if (name === PENDING) highlight.priority = 1;
    CSS.highlights.set(name, highlight);
  }
}
