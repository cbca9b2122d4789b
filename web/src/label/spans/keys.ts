import type { Command, KeyPress } from "../keys";
import { suggestionCommand } from "../marks/suggestions";

const ARROWS: Readonly<Record<string, readonly [by: 1 | -1, line: boolean]>> = {
  ArrowLeft: [-1, false], ArrowRight: [1, false], ArrowUp: [-1, true], ArrowDown: [1, true],
};

const PLAIN: Readonly<Record<string, Command>> = {
  " ": { do: "mark" },
  ",": { do: "cycle", by: -1 },
  ".": { do: "cycle", by: 1 },
  "#": { do: "alike" },
  "+": { do: "zoom", factor: 2 },
  "=": { do: "zoom", factor: 2 },
  "-": { do: "zoom", factor: 0.5 },
  n: { do: "names" },
  y: { do: "redo" },
  v: { do: "nothing" },
};

export function spanCommand(press: KeyPress): Command | null {
  const key = press.key.toLowerCase();
  const control = press.ctrlKey || press.metaKey;
  const arrow = ARROWS[press.key];
  if (arrow !== undefined && !control) return { do: "caret", by: arrow[0], line: arrow[1], extend: press.shiftKey };
  if (key === "z" && press.shiftKey) return { do: "redo" };
  if (control) return key === "y" ? { do: "redo" } : null;
  if (press.repeat && key !== "," && key !== ".") return null;
  return PLAIN[key] ?? suggestionCommand(press);
}
