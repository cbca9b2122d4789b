import { beforeEach, describe, expect, test } from "vitest";
import { undo } from "../document";
import { areaOf, type MaskRegion, type PolygonRegion } from "../regions";
import { areaOfRle, decode } from "../rle";
import { nudging, placing, retagging, stretching } from "../operations";
import { BrushTool } from "./brush";
import { box, click, drag, FakeBench, pressAt } from "./fakeBench";
import { PolygonTool } from "./polygon";
import { SelectTool } from "./select";
import type { Tool } from "./tool";

let bench: FakeBench;
beforeEach(() => (bench = new FakeBench()));

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

describe("a region that is fixed", () => {
  beforeEach(() => bench.have(box("1", 10, 10, 30, 30), box("2", 50, 10, 30, 30)));

  test("can be selected, but neither moved nor reshaped; the others can", () => {
    bench.use({ fixed: new Set(["1"]), selected: new Set(["1", "2"]) });
    const tool = new SelectTool(bench);
    drag(tool, [60, 20], [65, 30]);
    expect(bench.regions).toEqual([box("1", 10, 10, 30, 30), box("2", 55, 20, 30, 30)]);
    click(tool, 20, 20);
    expect([...bench.state.selected]).toEqual(["1"]);
    drag(tool, [40, 40], [60, 60]);
    expect(bench.regions[0]).toEqual(box("1", 10, 10, 30, 30));
  });
});

describe("selecting", () => {
  test("takes the smallest, and on a second click the next larger", () => {
    bench.have(box("1", 0, 0, 90, 70), box("2", 10, 10, 30, 30));
    const tool = new SelectTool(bench);
    click(tool, 25, 25);
    expect([...bench.state.selected]).toEqual(["2"]);
    click(tool, 25, 25);
    expect([...bench.state.selected]).toEqual(["1"]);
    click(tool, 95, 75);
    expect([...bench.state.selected]).toEqual([]);
  });

  test("moves what is selected, also under a smaller box, and stops at the edge", () => {
    bench.have(box("1", 10, 10, 60, 60), box("2", 20, 20, 30, 30));
    bench.use({ selected: new Set(["1"]) });
    drag(new SelectTool(bench), [35, 35], [5, 40]);
    expect(bench.regions).toEqual([box("1", 0, 15, 60, 60), box("2", 20, 20, 30, 30)]);
  });

  test("with Shift adds, and moves all of them", () => {
    bench.have(box("1", 10, 10, 20, 20), box("2", 50, 40, 20, 20));
    const tool = new SelectTool(bench);
    click(tool, 20, 20);
    click(tool, 60, 50, { shift: true });
    drag(tool, [60, 50], [70, 55]);
    expect(bench.regions).toEqual([box("1", 20, 15, 20, 20), box("2", 60, 45, 20, 20)]);
  });

  test("on empty ground moves the image", () => {
    bench.have(box("1", 10, 10, 20, 20));
    drag(new SelectTool(bench), [60, 60], [70, 65], [72, 66]);
    expect(bench.panned).toBe(2);
  });

  test("changes nothing that is locked", () => {
    bench.have(box("1", 10, 10, 20, 20), box("2", 50, 40, 20, 20));
    bench.use({ locked: true });
    const tool = new SelectTool(bench);
    click(tool, 20, 20);
    drag(tool, [20, 20], [40, 40]);
    drag(tool, [30, 30], [40, 40]);
    expect(bench.regions[0]).toEqual(box("1", 10, 10, 20, 20));
  });

  test("forgets a move on Esc", () => {
    bench.have(box("1", 10, 10, 20, 20));
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
    bench.have({ ...box("1", 1, 2, 3, 4), suggested: { confidence: 0.5, trusted: null } });
    bench.commit(retagging(bench.state.document, ids, "cat"));
    expect(bench.regions).toEqual([box("1", 1, 2, 3, 4)]);
    bench.commit(retagging(bench.state.document, ids, "dog"));
    expect(bench.regions).toEqual([box("1", 1, 2, 3, 4, "dog")]);
  });
});
