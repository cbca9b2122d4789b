import type { KeyPress } from "../keymap/chord";
import { lookUp } from "../keymap/keymap";
import type { CommandId } from "../keymap/table";

export type PictureCommand = { do: "larger" | "smaller" | "fit" | "actual" | "names" | "adjust" } | { do: "frame"; by: 1 | -1 };

const COMMANDS: Readonly<Partial<Record<CommandId, PictureCommand>>> = {
  "picture.zoomIn": { do: "larger" },
  "picture.zoomOut": { do: "smaller" },
  "picture.fit": { do: "fit" },
  "picture.actual": { do: "actual" },
  "picture.names": { do: "names" },
  "picture.window": { do: "adjust" },
  "picture.frameBefore": { do: "frame", by: -1 },
  "picture.frameNext": { do: "frame", by: 1 },
};

/** What a key press means to an image that is looked at; null when it is not its business. */
export function pictureCommand(press: KeyPress): PictureCommand | null {
  const id = lookUp(press, "item");
  return id === null ? null : (COMMANDS[id] ?? null);
}
