import { createStore } from "../ui/store";
import { chordsOf, unshifted, type KeyPress } from "./chord";
import { commandsIn, defaultKeys, HELD, type CommandId, type Mode } from "./table";

/** Keys that differ from the table's, by command. */
type Changes = Readonly<Partial<Record<CommandId, string>>>;

export const KEY = "tagwerk.keys";

/** What was stored under a key as an object of texts; nothing where it is anything else. */
export function storedTexts(key: string): Readonly<Record<string, string>> {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}") as unknown;
    return typeof kept === "object" && kept !== null && Object.values(kept).every((value) => typeof value === "string") ? (kept as Record<string, string>) : {};
  } catch {
    return {};
  }
}

/** What this browser's people have changed. */
export const changes = createStore<Changes>(storedTexts(KEY));

export function keysOf(id: CommandId): readonly string[] {
  return (changes.get()[id] ?? defaultKeys(id)).split(" ").filter(Boolean);
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

/** The commands that have a chord in a mode. */
export const commandsWith = (chord: string, mode: Mode): CommandId[] => commandsIn(mode).filter((id) => keysOf(id).includes(chord));
