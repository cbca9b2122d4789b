import { t } from "../words/words";
import { FACES, GESTURES, GROUPS, MOVES, type Group } from "./faces";
import { keysOf } from "./keymap";
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

/** The list of keys as they are now; what the mouse does stands at the end of the commands that change something. */
export function groupsOf(modes: readonly [Mode, ...Mode[]], item: string): readonly KeyGroup[] {
  const gestures = modes.flatMap((mode) => GESTURES[mode] ?? []).map(([gesture, what]) => ({ keys: [t(gesture)], what: t(what, { item }) }));
  const groups = [...commandsByGroup(modes)].map(([group, ids]) => ({ group, title: t(GROUPS[group]), rows: rowsOf(ids, modes[0], item) }));
  return groups.map((each) => (each.group === "change" ? { ...each, rows: [...each.rows, ...gestures] } : each)).filter(({ rows }) => rows.length > 0);
}
