import { FACES } from "../keymap/faces";
import { commandsIn, defaultKeys, type CommandId, type Mode } from "../keymap/table";
import { t } from "../words/words";
import type { Keyed } from "./hotkeys";

const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyz");
const KEYS: ReadonlySet<string> = new Set([...LETTERS, ...Array.from("0123456789")]);

/** The key in a field after somebody has typed to it: the one that is new. */
export function typedKey(text: string, before: string | null): string | null {
  const typed = Array.from(text.trim().toLowerCase());
  return typed.find((key) => key !== before) ?? typed[0] ?? null;
}

function commandWith(key: string, mode: Mode): CommandId | undefined {
  return commandsIn(mode).find((id) => defaultKeys(id).split(" ").includes(key.toUpperCase()));
}

/** The letters that are no label's, and no command's unless a labeler has changed something. */
function freeLetters(labels: readonly Keyed[], mode: Mode): string {
  const free = LETTERS.filter((letter) => commandWith(letter, mode) === undefined && labels.every(({ key }) => key !== letter));
  return free.join(" ").toUpperCase();
}

function problemOf(key: string, holder: string | undefined, labels: readonly Keyed[], mode: Mode): string | null {
  const command = commandWith(key, mode);
  const named = { key: key.toUpperCase(), free: freeLetters(labels, mode) };
  if (!KEYS.has(key)) return t("A key is a letter from A to Z, or a digit.");
  if (command !== undefined) return t("{key} is “{what}” on the labeling page. Free letters: {free}.", { ...named, what: t(FACES[command].title) });
  return holder === undefined ? null : t("{key} is the key of “{holder}” already.", { ...named, holder });
}

/** What is wrong with the keys that an owner chose for labels, by path. A key means one thing on the labeling page. */
export function keyProblems(labels: readonly Keyed[], mode: Mode): ReadonlyMap<string, string> {
  const holders = new Map<string, string>();
  const found = new Map<string, string>();
  for (const { path, key } of labels) {
    if (key === null) continue;
    const problem = problemOf(key, holders.get(key), labels, mode);
    if (problem !== null) found.set(path, problem);
    if (!holders.has(key)) holders.set(key, path);
  }
  return found;
}
