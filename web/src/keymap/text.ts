import { t, words } from "../words/words";
import { keysIn } from "./chord";

const SHOWN: Readonly<Record<string, string>> = {
  ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Backspace: "⌫", Space: words("Space"), Ctrl: words("Ctrl"), Home: words("Home"), End: words("End"), Delete: words("Del"), Escape: "Esc", PageUp: "PgUp", PageDown: "PgDn", Shift: "⇧", "-": "−",
};

const SPOKEN: Readonly<Record<string, string>> = { Ctrl: "Control", "+": "Plus" };

/** A chord as it stands on the keys: "⇧Q", "Ctrl C". */
export function keyText(chord: string): string {
  return keysIn(chord)
    .map((key) => t(SHOWN[key] ?? key))
    .join(" ")
    .replace("⇧ ", "⇧");
}

/** Chords as `aria-keyshortcuts` wants them. */
export function ariaKeys(chords: readonly string[]): string {
  return chords
    .map((chord) =>
      keysIn(chord)
        .map((key) => SPOKEN[key] ?? key)
        .join("+"),
    )
    .join(" ");
}
