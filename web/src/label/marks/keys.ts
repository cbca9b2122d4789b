import type { CommandOf } from "../../keymap/table";
import type { Command } from "../keys";

/** The commands that mean the same whatever is marked. */
export const MARK_COMMANDS: Readonly<Record<CommandOf<"marks">, Command>> = {
  "marks.before": { do: "cycle", by: -1 },
  "marks.next": { do: "cycle", by: 1 },
  "marks.unsure": { do: "unsure", by: 1 },
  "marks.unsureBefore": { do: "unsure", by: -1 },
  "marks.keep": { do: "keep" },
  "marks.all": { do: "all" },
  "marks.alike": { do: "alike" },
  "marks.redo": { do: "redo" },
  "marks.names": { do: "names" },
};
