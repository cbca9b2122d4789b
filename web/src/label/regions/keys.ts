import type { ToolName } from "../../canvas/owner";
import type { Command, KeyPress } from "../keys";
import { suggestionCommand } from "../marks/suggestions";

export type RegionMarks = "boxes" | "polygons" | "masks";

/** The tools of each kind by their letters; R, P, T, U, M and L are what Azure ML labeling had. */
export const TOOL_KEYS: Readonly<Record<RegionMarks, Readonly<Record<string, ToolName>>>> = {
  boxes: { r: "box", x: "extreme", t: "template", m: "select" },
  polygons: { p: "polygon", a: "part", c: "hole", m: "select", u: "points" },
  masks: { b: "brush", e: "eraser", p: "polygon", c: "hole", m: "select" },
};

const ZOOM = 1.25;
const FAR = 10;

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

const PLAIN: Readonly<Record<string, Command>> = {
  ",": { do: "cycle", by: -1 },
  ".": { do: "cycle", by: 1 },
  "[": { do: "brush", larger: false },
  "]": { do: "brush", larger: true },
  "+": { do: "zoom", factor: ZOOM },
  "=": { do: "zoom", factor: ZOOM },
  "-": { do: "zoom", factor: 1 / ZOOM },
  home: { do: "fit" },
  pageup: { do: "order", by: 1 },
  pagedown: { do: "order", by: -1 },
  "#": { do: "alike" },
  "<": { do: "frame", by: -1 },
  ">": { do: "frame", by: 1 },
  w: { do: "tool", tool: "window" },
  d: { do: "duplicate" },
  g: { do: "place" },
  h: { do: "hide" },
  l: { do: "lock" },
  n: { do: "names" },
  y: { do: "redo" },
};

const WITH_CONTROL: Readonly<Record<string, Command>> = { c: { do: "copy" }, v: { do: "paste" }, d: { do: "duplicate" }, y: { do: "redo" } };

/** May be held down. */
const REPEATS: ReadonlySet<string> = new Set(["<", ">", "[", "]", "+", "=", "-", ",", "."]);

export function regionCommand(press: KeyPress, marks: RegionMarks): Command | null {
  const key = press.key.toLowerCase();
  const control = press.ctrlKey || press.metaKey;
  const arrow = ARROWS[press.key];
  if (arrow !== undefined) {
    const step = press.shiftKey ? FAR : 1;
    return { do: "nudge", x: arrow[0] * step, y: arrow[1] * step, stretch: control };
  }
  if (key === "z" && press.shiftKey) return { do: "redo" };
  if (control) return WITH_CONTROL[key] ?? null;
  if (press.repeat && !REPEATS.has(key)) return null;
  const tool = TOOL_KEYS[marks][key];
  if (tool !== undefined) return { do: "tool", tool };
  // Holding Space moves the image, which the canvas sees to. What zooms by itself needs no larger view.
  if (key === " " || key === "v") return { do: "nothing" };
  return PLAIN[key] ?? suggestionCommand(press);
}
