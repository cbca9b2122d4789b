import { t } from "../words/words";
import { FACES, GESTURES, GROUPS, MOVES, type Group } from "./faces";
import { keysOf } from "./keymap";
import type { LabelKeys } from "./labelKeys";
import { commandsIn, type CommandId, type Mode } from "./table";
import { keyText } from "./text";

/** A line of the list of keys. */
export interface KeyRow {
  readonly keys: readonly string[];
  readonly what: string;
}

export interface KeyGroup {
  readonly group: Group;
  readonly title: string;
  readonly rows: readonly KeyRow[];
}

/** The commands of some modes by group, in the table's order. */
export function commandsByGroup(modes: readonly Mode[]): ReadonlyMap<Group, readonly CommandId[]> {
  const ids = [...new Set(modes.flatMap(commandsIn))];
  return new Map((Object.keys(GROUPS) as Group[]).map((group) => [group, ids.filter((id) => FACES[id].group === group)]));
}

/** What a line says: of commands that go together, what they have in common. */
function togetherOf(id: CommandId, mode: Mode): string {
  const { title, together } = FACES[id];
  return together === "moves" ? MOVES[mode] : (together ?? title);
}

function rowsOf(ids: readonly CommandId[], mode: Mode, item: string): KeyRow[] {
  const lines = new Map<string, string[]>();
  for (const id of ids) {
    const said = togetherOf(id, mode);
    lines.set(said, [...(lines.get(said) ?? []), ...keysOf(id).map(keyText)]);
  }
  return [...lines].filter(([, keys]) => keys.length > 0).map(([said, keys]) => ({ keys, what: t(said, { item }) }));
}

/** The first digit and the last as they stand on the keyboard: "1 – 6". */
function rangeOf(digits: readonly string[]): string[] {
  if (digits.length > 10) return ["1 – 0, ⇧1 – ⇧0"];
  const inRow = digits.toSorted((one, other) => (Number(one) || 10) - (Number(other) || 10));
  return digits.length === 0 ? [] : [[...new Set([inRow[0], inRow.at(-1)])].join(" – ")];
}

/** What the keys of labels do: digits together, and each letter with its label. */
export function labelRows(keys: LabelKeys, what: string): readonly KeyRow[] {
  const letters = keys.paths.map((path) => ({ keys: [keys.letterOf(path) ?? ""].filter(Boolean).map(keyText), what: path }));
  return [{ keys: rangeOf([...keys.digits.values()]), what }, ...letters].filter((row) => row.keys.length > 0);
}

/** The list of keys as they are now; what the mouse does stands at the end of the commands that change something. */
export function groupsOf(modes: readonly [Mode, ...Mode[]], item: string): readonly KeyGroup[] {
  const gestures = modes.flatMap((mode) => GESTURES[mode] ?? []).map(([gesture, what]) => ({ keys: [t(gesture)], what: t(what, { item }) }));
  const groups = [...commandsByGroup(modes)].map(([group, ids]) => ({ group, title: t(GROUPS[group]), rows: rowsOf(ids, modes[0], item) }));
  return groups.map((each) => (each.group === "change" ? { ...each, rows: [...each.rows, ...gestures] } : each)).filter(({ rows }) => rows.length > 0);
}
