import { chordsOf, type KeyPress } from "./chord";
import { changeKeys, changes, keysOf, takersOf } from "./keymap";
import type { LabelKeys } from "./labelKeys";
import { commandsIn, type CommandId, type Mode } from "./table";

/** What a key is for: a command everywhere, or a label of this project. */
export type Target = { readonly command: CommandId } | { readonly label: string };

/** Keys that are not given away: Esc lets go of everything, Space is the hand on the canvas. */
export const FIXED: ReadonlySet<CommandId> = new Set<CommandId>(["answer.letGo", "reviewGrid.none", "regions.pan"]);

/** Keys that the browser or the screen reader keeps for itself. */
const KEPT = /^(Shift\+)?(Tab|Escape|F\d+)$|^Ctrl\+(Shift\+)?[TNWRLPQ]$/;

/** The chord of a press that was asked for; null while only Shift and the like are held. */
export function captured(press: KeyPress): string | null {
  return chordsOf(press).at(-1) ?? null;
}

export const isKept = (chord: string): boolean => KEPT.test(chord);

function labelOf(chord: string, labels: LabelKeys | null): Target[] {
  const label = labels?.get(chord);
  return label === undefined ? [] : [{ label }];
}

/** Who else has the chord where the target means something. */
export function holdersOf(chord: string, target: Target, mode: Mode, labels: LabelKeys | null): readonly Target[] {
  const commands = "command" in target ? takersOf(chord, target.command) : commandsIn(mode).filter((id) => keysOf(id).includes(chord));
  const others = labelOf(chord, labels).filter((holder) => !("label" in target && "label" in holder && holder.label === target.label));
  return [...others, ...commands.map((command) => ({ command }))];
}

/** Whether somebody may be left without this key: not what is fixed, and no label without its digit. */
export function givesUp(holder: Target, chord: string): boolean {
  return "command" in holder ? !FIXED.has(holder.command) : !/^(Shift\+)?\d$/.test(chord);
}

/** Gives a target this key instead of those that it had, and takes it from whoever had it. */
export function give(target: Target, chord: string, holders: readonly Target[], labels: LabelKeys | null): void {
  for (const holder of holders) {
    if ("label" in holder) labels?.change(holder.label, null);
    else changeKeys(holder.command, keysOf(holder.command).filter((key) => key !== chord).join(" "));
  }
  if ("label" in target) labels?.change(target.label, chord);
  else changeKeys(target.command, chord);
}

interface Clash {
  readonly chord: string;
  readonly holders: readonly Target[];
}

/** Keys that mean two things here, as another project's labels or a later version may bring about. The first has it. */
export function clashesIn(mode: Mode, labels: LabelKeys | null): readonly Clash[] {
  const chosen = Object.values(labels?.letters.get() ?? {});
  const chords = new Set([...commandsIn(mode).flatMap(keysOf), ...chosen]);
  const chosenFirst = commandsIn(mode).toSorted((one, other) => Number(other in changes.get()) - Number(one in changes.get()));
  const holders = (chord: string) => [...labelOf(chord, labels), ...chosenFirst.filter((id) => keysOf(id).includes(chord)).map((command) => ({ command }))];
  return [...chords].map((chord) => ({ chord, holders: holders(chord) })).filter((clash) => clash.holders.length > 1);
}
