import { createStore } from "../ui/store";
import { chordsOf, unshifted, type KeyPress } from "./chord";
import { commandsIn, defaultKeys, HELD, MODES, scopeOf, type CommandId, type Mode, type Scope } from "./table";

/** Keys that differ from the table's, by command. */
type Changes = Readonly<Partial<Record<CommandId, string>>>;

const KEY = "tagwerk.keys";

/** What was stored under a key as an object of texts; nothing where it is anything else. */
export function storedTexts(key: string): Readonly<Record<string, string>> {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}") as unknown;
    return typeof kept === "object" && kept !== null && Object.values(kept).every((value) => typeof value === "string") ? (kept as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** Stores an object of texts with one of them changed, or left out where it is null. */
export function stored(key: string, texts: Readonly<Record<string, string>>, name: string, text: string | null): Readonly<Record<string, string>> {
  const others = Object.entries(texts).filter(([other]) => other !== name);
  const next = Object.fromEntries(text === null ? others : [...others, [name, text]]);
  localStorage.setItem(key, JSON.stringify(next));
  return next;
}

/** What this browser's people have changed. */
export const changes = createStore<Changes>(storedTexts(KEY));

export function keysOf(id: CommandId): readonly string[] {
  return (changes.get()[id] ?? defaultKeys(id)).split(" ").filter(Boolean);
}

/** Gives a command other keys; null gives it back those of the table. */
export function changeKeys(id: CommandId, keys: string | null): void {
  changes.set(stored(KEY, changes.get(), id, keys === defaultKeys(id) ? null : keys));
}

export function resetKeys(): void {
  localStorage.removeItem(KEY);
  changes.set({});
}

/** Follows what is changed in another window. */
export function followKeys(): () => void {
  const follow = ({ key }: StorageEvent) => {
    if (key === KEY) changes.set(storedTexts(KEY));
  };
  addEventListener("storage", follow);
  return () => removeEventListener("storage", follow);
}

const known: { of: Changes | null; maps: Map<Mode, ReadonlyMap<string, CommandId>> } = { of: null, maps: new Map() };

/** Commands by chord. Of two with one chord, the one that somebody chose it for has it. */
function chordsIn(mode: Mode): ReadonlyMap<string, CommandId> {
  const now = changes.get();
  if (known.of !== now) Object.assign(known, { of: now, maps: new Map() });
  const made = known.maps.get(mode);
  if (made !== undefined) return made;
  const chosenLast = commandsIn(mode).toSorted((one, other) => Number(one in now) - Number(other in now));
  const map = new Map(chosenLast.flatMap((id) => keysOf(id).map((chord) => [chord, id] as const)));
  known.maps.set(mode, map);
  return map;
}

/** The command that a key means, or null. */
export function lookUp(press: KeyPress, mode: Mode): CommandId | null {
  const map = chordsIn(mode);
  const chords = chordsOf(press);
  const plain = chords.flatMap((chord) => unshifted(chord) ?? []);
  const id = [...chords, ...plain].flatMap((chord) => map.get(chord) ?? [])[0];
  return id === undefined || (press.repeat && !HELD.has(id)) ? null : id;
}

/** The modes in which a command means something. */
function modesOf(id: CommandId): Mode[] {
  return (Object.keys(MODES) as Mode[]).filter((mode) => (MODES[mode] as readonly Scope[]).includes(scopeOf(id)));
}

/** Who has the chord already wherever the command means something. */
export function takersOf(chord: string, id: CommandId): CommandId[] {
  const others = new Set(modesOf(id).flatMap(commandsIn));
  return [...others].filter((other) => other !== id && keysOf(other).includes(chord));
}
