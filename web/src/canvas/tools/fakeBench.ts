import { Bitmaps } from "../bitmaps";
import { commit, documentOf } from "../document";
import type { CanvasState } from "../owner";
import type { BoxRegion, Region } from "../regions";
import type { Bench, Press, Tool } from "./tool";

/** A canvas of 100 by 80 pixels at twice its size, without a browser. */
export class FakeBench implements Bench {
  readonly size = { width: 100, height: 80 };
  readonly masks = { bitmaps: new Bitmaps(), during: () => undefined, paint: () => undefined, adopt: () => undefined };
  readonly said: string[] = [];
  shown: readonly Region[] = [];
  panned = 0;
  state: CanvasState = {
    document: documentOf<Region>([]), draws: "box", selected: new Set(), hidden: new Set(), locked: false,
    tool: "box", label: "cat", brush: 10, overlap: false, names: false,
  };

  read = () => this.state;
  colorOf = () => "#000000";
  nameOf = (label: string) => label;
  commit: Bench["commit"] = (set) => (this.state = { ...this.state, document: commit(this.state.document, set) });
  select: Bench["select"] = (ids) => (this.state = { ...this.state, selected: new Set(ids) });
  say: Bench["say"] = (text) => void this.said.push(text);
  sketch = () => undefined;
  ghosts: Bench["ghosts"] = (regions) => (this.shown = regions);
  hover = () => undefined;
  pan = () => void (this.panned += 1);

  use(change: Partial<CanvasState>): void {
    this.state = { ...this.state, ...change };
  }

  get regions(): readonly Region[] {
    return this.state.document.marks;
  }

  have(...regions: Region[]): void {
    this.use({ document: documentOf(regions) });
  }
}

export const pressAt = (x: number, y: number, more: Partial<Press> = {}): Press => ({ at: { x, y }, screen: { x: 2 * x, y: 2 * y }, reach: 3, shift: false, alt: false, double: false, ...more });

export function click(tool: Tool, x: number, y: number, more: Partial<Press> = {}): void {
  tool.press(pressAt(x, y, more));
  tool.release(pressAt(x, y, more));
}

export function drag(tool: Tool, ...path: [number, number][]): void {
  const [first = [0, 0], ...rest] = path;
  tool.press(pressAt(...first));
  for (const step of rest) tool.drag(pressAt(...step));
  tool.release(pressAt(...(path.at(-1) ?? first)));
}

export const box = (id: string, x: number, y: number, width: number, height: number, label = "cat"): BoxRegion => ({ shape: "box", id, label, x, y, width, height });
