import type { CommandId } from "../../keymap/table";
import type { Command, KeyPress } from "../keys";
import { MARK_COMMANDS } from "../marks/keys";

const ARROWS: Readonly<Partial<Record<CommandId, readonly [by: 1 | -1, line: boolean]>>> = {
  "moves.left": [-1, false], "moves.right": [1, false], "moves.up": [-1, true], "moves.down": [1, true],
};

const COMMANDS: Readonly<Partial<Record<CommandId, Command>>> = {
  ...MARK_COMMANDS,
  "spans.mark": { do: "mark" },
  "text.larger": { do: "zoom", factor: 2 },
  "text.smaller": { do: "zoom", factor: 0.5 },
};

export function spanCommand(id: CommandId, { shiftKey }: KeyPress): Command | null {
  const arrow = ARROWS[id];
  return arrow === undefined ? (COMMANDS[id] ?? null) : { do: "caret", by: arrow[0], line: arrow[1], extend: shiftKey };
}
