import { chordsOf, type KeyPress } from "./chord";
import { changes, commandsWith, KEY, keysOf } from "./keymap";
import type { LabelKeys } from "./labelKeys";
import { commandsIn, defaultKeys, MODES, scopeOf, type CommandId, type Mode, type Scope } from "./table";

/** Stores an object of texts with one of them changed, or left out where it is null. */
function stored(key: string, texts: Readonly<Record<string, string>>, name: string, text: string | null): Readonly<Record<string, string>> {
  const others = Object.entries(texts).filter(([other]) => other !== name);
  const next = Object.fromEntries(text === null ? others : [...others, [name, text]]);
  localStorage.setItem(key, JSON.stringify(next));
  return next;
}

/** Gives a command other keys; null gives it back those of the table. */
export function changeKeys(id: CommandId, keys: string | null): void {
  changes.set(stored(KEY, changes.get(), id, keys === defaultKeys(id) ? null : keys));
}

export function resetKeys(): void {
  localStorage.removeItem(KEY);
  changes.set({});
}

/** Gives a label a letter in this browser; null takes it back. */
export function changeLetter({ letters, storage }: LabelKeys, path: string, chord: string | null): void {
  letters.set(stored(storage, letters.get(), path, chord));
}

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

/** The modes in which a command means something. */
function modesOf(id: CommandId): Mode[] {
  return (Object.keys(MODES) as Mode[]).filter((mode) => (MODES[mode] as readonly Scope[]).includes(scopeOf(id)));
}

/** Who has the chord already wherever the command means something. */
function takersOf(chord: string, id: CommandId): CommandId[] {
  const others = new Set(modesOf(id).flatMap((mode) => commandsWith(chord, mode)));
  return [...others].filter((other) => other !== id);
}

/** Who else has the chord where the target means something. */
export function holdersOf(chord: string, target: Target, mode: Mode, labels: LabelKeys | null): readonly Target[] {
  const commands = "command" in target ? takersOf(chord, target.command) : commandsWith(chord, mode);
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
    if ("command" in holder) changeKeys(holder.command, keysOf(holder.command).filter((key) => key !== chord).join(" "));
    else if (labels !== null) changeLetter(labels, holder.label, null);
  }
  if ("command" in target) changeKeys(target.command, chord);
  else if (labels !== null) changeLetter(labels, target.label, chord);
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
