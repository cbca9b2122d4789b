import type { KeyPress } from "../keymap/chord";
import { lookUp } from "../keymap/keymap";
import type { CommandId } from "../keymap/table";

export type DoubtCommand = { do: "keep" | "take" | "edit" | "undo" | "keys" } | { do: "step"; by: 1 | -1 };

const COMMANDS: Readonly<Partial<Record<CommandId, DoubtCommand>>> = {
  "doubts.keep": { do: "keep" },
  "doubts.take": { do: "take" },
  "doubts.edit": { do: "edit" },
  "doubts.undo": { do: "undo" },
  "doubts.next": { do: "step", by: 1 },
  "moves.right": { do: "step", by: 1 },
  "doubts.before": { do: "step", by: -1 },
  "moves.left": { do: "step", by: -1 },
  "everywhere.keys": { do: "keys" },
};

/** What a key press means; null when it is not ours. Only steps repeat while a key is held. */
export function doubtCommand(press: KeyPress): DoubtCommand | null {
  const id = lookUp(press, "doubts");
  return id === null ? null : (COMMANDS[id] ?? null);
}
