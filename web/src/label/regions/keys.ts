import type { ToolName } from "../../canvas/owner";
import { TABLE, type CommandId } from "../../keymap/table";
import type { Command, KeyPress } from "../keys";
import { MARK_COMMANDS } from "../marks/keys";

export type RegionMarks = "boxes" | "polygons" | "masks";

/** The tools of each kind; the first is the one to begin with. */
export const TOOLS: Readonly<Record<RegionMarks, readonly [ToolName, ...ToolName[]]>> = {
  boxes: ["box", "extreme", "template", "select", "window"],
  polygons: ["polygon", "part", "hole", "select", "points", "window"],
  masks: ["brush", "eraser", "polygon", "hole", "select", "window"],
};

/** The command that takes a tool up. */
export function toolCommand(marks: RegionMarks, tool: ToolName): CommandId {
  return (tool in TABLE[marks] ? `${marks}.${tool}` : `regions.${tool}`) as CommandId;
}

const ZOOM = 1.25;
const FAR = 10;

const ARROWS: Readonly<Partial<Record<CommandId, readonly [x: number, y: number, stretch: boolean]>>> = {
  "moves.left": [-1, 0, false], "moves.right": [1, 0, false], "moves.up": [0, -1, false], "moves.down": [0, 1, false],
  "regions.narrower": [-1, 0, true], "regions.wider": [1, 0, true], "regions.lower": [0, -1, true], "regions.taller": [0, 1, true],
};

const tool = (name: ToolName): Command => ({ do: "tool", tool: name });

const COMMANDS: Readonly<Partial<Record<CommandId, Command>>> = {
  ...MARK_COMMANDS,
  "regions.select": tool("select"),
  "regions.window": tool("window"),
  "regions.duplicate": { do: "duplicate" },
  "regions.copy": { do: "copy" },
  "regions.paste": { do: "paste" },
  "regions.front": { do: "order", by: 1 },
  "regions.back": { do: "order", by: -1 },
  "regions.hide": { do: "hide" },
  "regions.lock": { do: "lock" },
  "regions.zoomIn": { do: "zoom", factor: ZOOM },
  "regions.zoomOut": { do: "zoom", factor: 1 / ZOOM },
  "regions.fit": { do: "fit" },
  // Holding it moves the image, which the canvas sees to.
  "regions.pan": { do: "nothing" },
  "regions.frameBefore": { do: "frame", by: -1 },
  "regions.frameNext": { do: "frame", by: 1 },
  "boxes.box": tool("box"),
  "boxes.extreme": tool("extreme"),
  "boxes.template": tool("template"),
  "boxes.place": { do: "place" },
  "polygons.polygon": tool("polygon"),
  "polygons.part": tool("part"),
  "polygons.hole": tool("hole"),
  "polygons.points": tool("points"),
  "masks.brush": tool("brush"),
  "masks.eraser": tool("eraser"),
  "masks.polygon": tool("polygon"),
  "masks.hole": tool("hole"),
  "masks.smaller": { do: "brush", larger: false },
  "masks.larger": { do: "brush", larger: true },
};

export function regionCommand(id: CommandId, { shiftKey }: KeyPress): Command | null {
  const arrow = ARROWS[id];
  if (arrow === undefined) return COMMANDS[id] ?? null;
  const step = shiftKey ? FAR : 1;
  return { do: "nudge", x: arrow[0] * step, y: arrow[1] * step, stretch: arrow[2] };
}
