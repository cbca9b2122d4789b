import { beforeEach, describe, expect, test } from "vitest";
import { BoxTool } from "./box";
import { ExtremeTool } from "./extreme";
import { box, click, drag, FakeBench, pressAt } from "./fakeBench";
import { TemplateTool } from "./template";

let bench: FakeBench;
beforeEach(() => (bench = new FakeBench()));

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
    drag(tool, [58, 47], [68, 27]);
    expect(bench.regions).toEqual([box("1", 20, 10, 50, 20)]);
    drag(tool, [22, 20], [82, 20]);
    expect(bench.regions).toEqual([box("1", 70, 10, 10, 20)]);
  });

  test.each<[string, [number, number]]>([
    ["on its corner", [60, 50]], ["beside its corner", [62, 12]], ["a hand's breadth within it", [59.5, 49.5]], ["on its edge", [60, 30]],
    ["within it, off its handles", [52, 20]],
  ])("can begin at the last: %s", (_name, [x, y]) => {
    const tool = new BoxTool(bench);
    drag(tool, [20, 10], [60, 50]);
    drag(tool, [x, y], [x + 15, y + 10]);
    expect(bench.regions).toEqual([box("1", 20, 10, 40, 40), box("2", x, y, 15, 10)]);
  });

  test("of ten pixels are drawn side by side", () => {
    const tool = new BoxTool(bench);
    for (const [x, y] of [[20, 20], [30, 20], [40, 20], [40, 30], [30, 30], [29, 39]] as const) drag(tool, [x, y], [x + 10, y + 10]);
    expect(bench.regions).toHaveLength(6);
    expect(bench.regions.every((region) => region.shape === "box" && region.width === 10 && region.height === 10)).toBe(true);
  });

  test("begin on a handle too while Alt is held", () => {
    const tool = new BoxTool(bench);
    drag(tool, [20, 10], [60, 50]);
    tool.press(pressAt(58, 47, { alt: true }));
    tool.drag(pressAt(80, 70));
    tool.release(pressAt(80, 70));
    expect(bench.regions[1]).toEqual(box("2", 58, 47, 22, 23));
  });

  test("cannot be resized to nothing", () => {
    const tool = new BoxTool(bench);
    drag(tool, [20, 10], [60, 50]);
    drag(tool, [58, 48], [18, 8]);
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
    bench.have(...bench.regions, box("7", 1, 2, 30, 20));
    click(tool, 0, 80);
    expect(bench.regions).toEqual([box("1", 25, 15, 50, 50), box("7", 1, 2, 30, 20), box("8", 0, 60, 30, 20)]);
  });
});
