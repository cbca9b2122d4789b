import { beforeEach, describe, expect, test } from "vitest";
import { Bitmaps } from "../bitmaps";
import { commit, documentOf, undo } from "../document";
import type { CanvasState } from "../owner";
import { areaOf, type BoxRegion, type MaskRegion, type PolygonRegion, type Region } from "../regions";
import { areaOfRle, decode } from "../rle";
import { copying, nudging, placing, retagging, stretching } from "../operations";
import { BoxTool } from "./box";
import { BrushTool } from "./brush";
import { ExtremeTool } from "./extreme";
import { PolygonTool } from "./polygon";
import { SelectTool } from "./select";
import { TemplateTool } from "./template";
import type { Bench, Press, Tool } from "./tool";

/** A canvas of 100 by 80 pixels at twice its size, without a browser. */
class FakeBench implements Bench {
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
}

let bench: FakeBench;
beforeEach(() => (bench = new FakeBench()));

const pressAt = (x: number, y: number, more: Partial<Press> = {}): Press => ({ at: { x, y }, screen: { x: 2 * x, y: 2 * y }, reach: 3, shift: false, alt: false, double: false, ...more });

function click(tool: Tool, x: number, y: number, more: Partial<Press> = {}): void {
  tool.press(pressAt(x, y, more));
  tool.release(pressAt(x, y, more));
}

function drag(tool: Tool, ...path: [number, number][]): void {
  const [first = [0, 0], ...rest] = path;
  tool.press(pressAt(...first));
  for (const step of rest) tool.drag(pressAt(...step));
  tool.release(pressAt(...(path.at(-1) ?? first)));
}

const box = (id: string, x: number, y: number, width: number, height: number, label = "cat"): BoxRegion => ({ shape: "box", id, label, x, y, width, height });
const have = (...regions: Region[]) => bench.use({ document: documentOf(regions) });

describe("boxes", () => {
  test("by a drag, from any corner", () => {
    drag(new BoxTool(bench), [60, 50], [40, 45], [20, 10]);
    expect(bench.regions).toEqual([box("1", 20, 10, 40, 40)]);
    expect([...bench.state.selected]).toEqual(["1"]);
  });

  test("by two clicks", () => {
    const tool = new BoxTool(bench);
    click(tool, 20, 10);
    expect(bench.regions).toEqual([]);
    tool.hover(pressAt(50, 40));
    click(tool, 60, 55);
    expect(bench.regions).toEqual([box("1", 20, 10, 40, 45)]);
  });

  test("end at the edge of the image", () => {
    drag(new BoxTool(bench), [-5, 70], [140, 200]);
    expect(bench.regions).toEqual([box("1", 0, 70, 100, 10)]);
  });

  test("without an area do not come to be", () => {
    const tool = new BoxTool(bench);
    drag(tool, [20, 10], [60, 10]);
    click(tool, 30, 30);
    click(tool, 30, 30);
    drag(tool, [-20, 10], [-5, 60]);
    expect(bench.regions).toEqual([]);
  });

  test("that were begun are forgotten on Esc, and nothing remains", () => {
    const tool = new BoxTool(bench);
    tool.press(pressAt(10, 10));
    tool.drag(pressAt(50, 50));
    expect(tool.cancel()).toBe(true);
    tool.release(pressAt(50, 50));
    expect(tool.cancel()).toBe(false);
    expect(bench.regions).toEqual([]);
  });

  test("need a label", () => {
    bench.use({ label: null });
    drag(new BoxTool(bench), [20, 10], [60, 50]);
    expect(bench.said).toEqual(["Choose a label first."]);
  });

  test("just drawn can be resized at once, and the opposite corner stays", () => {
    const tool = new BoxTool(bench);
    drag(tool, [20, 10], [60, 50]);
    drag(tool, [60, 50], [70, 30]);
    expect(bench.regions).toEqual([box("1", 20, 10, 50, 20)]);
    drag(tool, [20, 20], [80, 20]);
    expect(bench.regions).toEqual([box("1", 70, 10, 10, 20)]);
  });

  test("can begin on the edge of the last, off its handles", () => {
    const tool = new BoxTool(bench);
    drag(tool, [20, 10], [60, 50]);
    drag(tool, [60, 20], [90, 45]);
    expect(bench.regions).toEqual([box("1", 20, 10, 40, 40), box("2", 60, 20, 30, 25)]);
  });

  test("cannot be resized to nothing", () => {
    const tool = new BoxTool(bench);
    drag(tool, [20, 10], [60, 50]);
    drag(tool, [60, 50], [20, 10]);
    expect(bench.regions).toEqual([box("1", 20, 10, 1, 1)]);
  });

  test("by the four extreme points of a thing, in any order", () => {
    const tool = new ExtremeTool(bench);
    for (const [x, y] of [[30, 10], [55, 30], [20, 90], [5, 40]] as const) click(tool, x, y);
    expect(bench.regions).toEqual([box("1", 5, 10, 50, 70)]);
    click(tool, 60, 60);
    click(tool, 70, 60);
    expect(tool.back()).toBe(true);
    click(tool, 80, 75);
    tool.finish();
    expect(bench.regions[1]).toEqual(box("2", 60, 60, 20, 15));
    click(tool, 2, 2);
    expect(tool.cancel()).toBe(true);
    expect(bench.regions).toHaveLength(2);
  });

  test("from a template are 50 by 50, then as large as the last", () => {
    const tool = new TemplateTool(bench);
    click(tool, 50, 40);
    have(...bench.regions, box("7", 1, 2, 30, 20));
    click(tool, 0, 80);
    expect(bench.regions).toEqual([box("1", 25, 15, 50, 50), box("7", 1, 2, 30, 20), box("8", 0, 60, 30, 20)]);
  });
});

describe("polygons", () => {
  beforeEach(() => bench.use({ draws: "polygon" }));
  const corners: [number, number][] = [[10, 10], [50, 10], [50, 60], [10, 60]];
  const polygons = () => bench.regions as readonly PolygonRegion[];

  test.each([
    ["a double click", (tool: Tool) => click(tool, 10, 60, { double: true })],
    ["Enter", (tool: Tool) => void tool.finish()],
    ["a click on the first point", (tool: Tool) => click(tool, 11, 11)],
  ])("are closed by %s", (_name, close) => {
    const tool = new PolygonTool(bench, "polygon");
    for (const [x, y] of corners) click(tool, x, y);
    close(tool);
    expect(polygons()[0]?.parts).toEqual([corners.map(([x, y]) => ({ x, y }))]);
  });

  test("take their last point back", () => {
    const tool = new PolygonTool(bench, "polygon");
    for (const [x, y] of corners) click(tool, x, y);
    expect(tool.back()).toBe(true);
    tool.finish();
    expect(polygons()[0]?.parts[0]).toHaveLength(3);
    expect(tool.back()).toBe(false);
  });

  test("of points in a line are refused, and may go on", () => {
    const tool = new PolygonTool(bench, "polygon");
    for (const x of [10, 20, 30]) click(tool, x, 10);
    expect(tool.finish()).toBe(true);
    expect(bench.said).toHaveLength(1);
    click(tool, 20, 40);
    tool.finish();
    expect(bench.regions).toHaveLength(1);
  });

  function draw(purpose: "polygon" | "part" | "hole", points: [number, number][]): PolygonTool {
    const tool = new PolygonTool(bench, purpose);
    for (const [x, y] of points) click(tool, x, y, { alt: true });
    tool.finish();
    return tool;
  }

  test("have parts and holes", () => {
    draw("polygon", corners);
    draw("part", [[70, 10], [90, 10], [90, 30]]);
    draw("hole", [[20, 20], [30, 20], [30, 30], [20, 30]]);
    expect(polygons()).toHaveLength(1);
    expect(areaOf(polygons()[0] ?? box("", 0, 0, 0, 0))).toBe(2000 + 200 - 100);
    bench.use({ document: undo(undo(bench.state.document)) });
    expect(polygons()[0]?.parts).toHaveLength(1);
  });

  test("take no hole that sticks out", () => {
    draw("polygon", corners);
    draw("hole", [[40, 20], [70, 20], [70, 30]]);
    expect(polygons()[0]?.holes).toEqual([]);
    expect(bench.said).toHaveLength(1);
  });

  test("are not reshaped so that their holes stick out", () => {
    draw("polygon", corners);
    draw("hole", [[20, 20], [30, 20], [30, 30], [20, 30]]);
    const before = polygons()[0];
    drag(new SelectTool(bench), [10, 10], [48, 55]);
    expect(polygons()[0]).toEqual(before);
    expect(bench.said).toEqual(["What is cut out must stay inside of the polygon."]);
  });

  test("meet their neighbours' points and edges, unless Alt is held", () => {
    draw("polygon", corners);
    const tool = new PolygonTool(bench, "polygon");
    click(tool, 51, 11);
    click(tool, 51, 40);
    click(tool, 80, 30, { alt: true });
    tool.finish();
    expect(polygons()[1]?.parts[0]).toEqual([{ x: 50, y: 10 }, { x: 50, y: 40 }, { x: 80, y: 30 }]);
  });

  test("change point by point", () => {
    draw("polygon", corners);
    const move = new SelectTool(bench);
    drag(move, [50, 60], [60, 70]);
    expect(polygons()[0]?.parts[0]?.[2]).toEqual({ x: 60, y: 70 });
    drag(move, [30, 10], [30, 5]);
    expect(polygons()[0]?.parts[0]?.[1]).toEqual({ x: 30, y: 5 });
    click(new SelectTool(bench, true), 30, 5);
    expect(polygons()[0]?.parts[0]).toHaveLength(4);
    click(move, 10, 10, { double: true });
    expect(polygons()[0]?.parts[0]).toHaveLength(3);
  });
});

describe("selecting", () => {
  test("takes the smallest, and on a second click the next larger", () => {
    have(box("1", 0, 0, 90, 70), box("2", 10, 10, 30, 30));
    const tool = new SelectTool(bench);
    click(tool, 25, 25);
    expect([...bench.state.selected]).toEqual(["2"]);
    click(tool, 25, 25);
    expect([...bench.state.selected]).toEqual(["1"]);
    click(tool, 95, 75);
    expect([...bench.state.selected]).toEqual([]);
  });

  test("moves what is selected, also under a smaller box, and stops at the edge", () => {
    have(box("1", 10, 10, 60, 60), box("2", 20, 20, 30, 30));
    bench.use({ selected: new Set(["1"]) });
    drag(new SelectTool(bench), [35, 35], [5, 40]);
    expect(bench.regions).toEqual([box("1", 0, 15, 60, 60), box("2", 20, 20, 30, 30)]);
  });

  test("with Shift adds, and moves all of them", () => {
    have(box("1", 10, 10, 20, 20), box("2", 50, 40, 20, 20));
    const tool = new SelectTool(bench);
    click(tool, 20, 20);
    click(tool, 60, 50, { shift: true });
    drag(tool, [60, 50], [70, 55]);
    expect(bench.regions).toEqual([box("1", 20, 15, 20, 20), box("2", 60, 45, 20, 20)]);
  });

  test("on empty ground moves the image", () => {
    have(box("1", 10, 10, 20, 20));
    drag(new SelectTool(bench), [60, 60], [70, 65], [72, 66]);
    expect(bench.panned).toBe(2);
  });

  test("changes nothing that is locked", () => {
    have(box("1", 10, 10, 20, 20), box("2", 50, 40, 20, 20));
    bench.use({ locked: true });
    const tool = new SelectTool(bench);
    click(tool, 20, 20);
    drag(tool, [20, 20], [40, 40]);
    drag(tool, [30, 30], [40, 40]);
    expect(bench.regions[0]).toEqual(box("1", 10, 10, 20, 20));
  });

  test("forgets a move on Esc", () => {
    have(box("1", 10, 10, 20, 20));
    const tool = new SelectTool(bench);
    tool.press(pressAt(20, 20));
    tool.drag(pressAt(50, 50));
    expect(bench.shown).toEqual([box("1", 40, 40, 20, 20)]);
    expect(tool.cancel()).toBe(true);
    tool.release(pressAt(50, 50));
    expect(bench.regions).toEqual([box("1", 10, 10, 20, 20)]);
  });
});

describe("masks", () => {
  const masks = () => bench.regions as readonly MaskRegion[];
  const areas = () => Object.fromEntries(masks().map(({ label, rle }) => [label, areaOfRle(rle)]));
  const square = (x: number, y: number, side: number): [number, number][] => [[x, y], [x + side, y], [x + side, y + side], [x, y + side]];
  beforeEach(() => bench.use({ draws: "mask" }));

  function ring(purpose: "polygon" | "hole", label: string, points: [number, number][]): void {
    bench.use({ label });
    const tool = new PolygonTool(bench, purpose);
    for (const [x, y] of points) click(tool, x, y);
    tool.finish();
  }

  test("are one for each label, and take pixels from each other", () => {
    ring("polygon", "cat", square(0, 0, 20));
    ring("polygon", "dog", square(10, 10, 20));
    ring("polygon", "cat", square(40, 40, 10));
    expect(areas()).toEqual({ cat: 400 - 100 + 100, dog: 400 });
  });

  test("keep their pixels where they may overlap", () => {
    bench.use({ overlap: true });
    ring("polygon", "cat", square(0, 0, 20));
    ring("polygon", "dog", square(10, 10, 20));
    expect(areas()).toEqual({ cat: 400, dog: 400 });
    ring("hole", "dog", square(0, 0, 15));
    expect(areas()).toEqual({ cat: 400, dog: 375 });
  });

  test("of which nothing is left go, and come back by undo", () => {
    ring("polygon", "cat", square(5, 5, 10));
    const before = decode(masks()[0]?.rle ?? { size: [0, 0], counts: "" });
    bench.use({ brush: 60, label: "dog" });
    drag(new BrushTool(bench, 0), [10, 10], [12, 12]);
    expect(masks()).toEqual([]);
    bench.use({ document: undo(bench.state.document) });
    expect(decode(masks()[0]?.rle ?? { size: [0, 0], counts: "" })).toEqual(before);
  });

  test("are as they were when a stroke is cancelled", () => {
    ring("polygon", "cat", square(5, 5, 10));
    bench.use({ label: "dog", brush: 8 });
    const tool = new BrushTool(bench, 1);
    tool.press(pressAt(10, 10));
    tool.drag(pressAt(30, 30));
    expect(tool.cancel()).toBe(true);
    tool.release();
    drag(new BrushTool(bench, 1), [70, 70], [70, 70]);
    expect(areas().cat).toBe(100);
  });

  test("of two labels become one when one is given the other's label", () => {
    ring("polygon", "cat", square(0, 0, 10));
    ring("polygon", "dog", square(20, 0, 10));
    bench.commit(retagging(bench.state.document, new Set(["2"]), "cat"));
    expect(areas()).toEqual({ cat: 200 });
    bench.use({ document: undo(bench.state.document) });
    expect(areas()).toEqual({ cat: 100, dog: 100 });
  });
});

describe("by keyboard", () => {
  const ids = new Set(["1"]);

  test("a box is placed, nudged and stretched, and stays inside", () => {
    bench.commit(placing(bench.state.document, "cat", { x: 50, y: 40 }, bench.size));
    for (let step = 0; step < 40; step++) bench.commit(nudging(bench.state.document, ids, 1, 0, bench.size));
    bench.commit(stretching(bench.state.document, ids, -10, 90, bench.size));
    expect(bench.regions).toEqual([box("1", 50, 15, 40, 65)]);
    expect(bench.state.document.done).toHaveLength(3);
  });

  test("a region is given another label, and a suggestion becomes an answer", () => {
    have({ ...box("1", 1, 2, 3, 4), suggested: { confidence: 0.5, trusted: null } });
    bench.commit(retagging(bench.state.document, ids, "cat"));
    expect(bench.regions).toEqual([box("1", 1, 2, 3, 4)]);
    bench.commit(retagging(bench.state.document, ids, "dog"));
    expect(bench.regions).toEqual([box("1", 1, 2, 3, 4, "dog")]);
  });

  test("copies lie beside their originals, inside the image", () => {
    have(box("1", 10, 20, 30, 40), box("2", 70, 50, 30, 30));
    bench.commit(copying(bench.state.document, bench.regions, bench.size));
    expect(bench.regions.slice(2)).toEqual([box("3", 12, 22, 30, 40), box("4", 70, 50, 30, 30)]);
  });

  test("copies from another image lie where they lay there, if they fit", () => {
    bench.commit(copying(bench.state.document, [box("9", 10, 20, 30, 40), box("8", 90, 70, 30, 40), box("7", 0, 0, 300, 40)], bench.size));
    expect(bench.regions).toEqual([box("1", 10, 20, 30, 40), box("2", 70, 40, 30, 40)]);
  });
});
