import { useState } from "react";
import { t } from "../words/words";
import { give, givesUp, holdersOf, type Target } from "./edit";
import { FACES, PLACES } from "./faces";
import type { LabelKeys } from "./labelKeys";
import { commandsIn, scopeOf, type CommandId, type Mode } from "./table";
import { keyText } from "./text";
import { useCapture } from "./useCapture";

/** What is asked for, and what was pressed if others have it. */
export interface Asked {
  readonly target: Target;
  readonly problem: string;
  readonly pressed: { readonly chord: string; readonly holders: readonly Target[] } | null;
}

export interface Editing {
  readonly asked: Asked | null;
  readonly ask: (target: Target | null) => void;
  readonly take: () => void;
  readonly nameOf: (target: Target) => string;
}

/** What a command is called; of one that means nothing here, with where it does. */
function nameIn(mode: Mode, id: CommandId, item: string): string {
  const what = t(FACES[id].title, { item });
  return commandsIn(mode).includes(id) ? what : t("{what} ({where})", { what, where: t(PLACES[scopeOf(id)]) });
}

/** One key at a time is asked for; what others have is not taken without asking. */
export function useEditing(mode: Mode, item: string, labels: LabelKeys | null): Editing {
  const [asked, setAsked] = useState<Asked | null>(null);
  const nameOf = (target: Target) => ("label" in target ? target.label : nameIn(mode, target.command, item));
  const target = asked?.target;
  const taken = (chord: string) => {
    if (target === undefined) return;
    const holders = holdersOf(chord, target, mode, labels);
    const fixed = holders.find((holder) => !givesUp(holder, chord));
    if (holders.length === 0) give(target, chord, [], labels);
    if (fixed !== undefined) setAsked({ target, pressed: null, problem: t("{key} stays with “{what}”. Press another key.", { key: keyText(chord), what: nameOf(fixed) }) });
    else setAsked(holders.length === 0 ? null : { target, pressed: { chord, holders }, problem: "" });
  };
  const kept = () => setAsked(target === undefined ? null : { target, pressed: null, problem: t("The browser needs that key. Press another one.") });
  useCapture(asked !== null && asked.pressed === null, { taken, kept, cancel: () => setAsked(null) });
  return {
    asked,
    nameOf,
    ask: (next) => setAsked(next === null ? null : { target: next, pressed: null, problem: "" }),
    take: () => {
      if (asked?.pressed != null) give(asked.target, asked.pressed.chord, asked.pressed.holders, labels);
      setAsked(null);
    },
  };
}
