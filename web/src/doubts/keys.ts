import type { KeyPress } from "../label/keys";
import { t } from "../words/words";

export type DoubtCommand = { do: "keep" | "take" | "edit" | "undo" | "keys" } | { do: "step"; by: 1 | -1 };

const KEYS: Readonly<Record<string, DoubtCommand>> = {
  a: { do: "keep" },
  t: { do: "take" },
  e: { do: "edit" },
  u: { do: "undo" },
  n: { do: "step", by: 1 }, ArrowRight: { do: "step", by: 1 },
  p: { do: "step", by: -1 }, ArrowLeft: { do: "step", by: -1 },
  "?": { do: "keys" },
};

export const KEY_LIST: readonly (readonly [key: string, what: string])[] = [
  ["A", t("Keep the given answer: approves it")],
  ["T", t("Take the suggested answer in its place")],
  ["E", t("Edit the given answer")],
  ["U", t("Take the last decision back")],
  ["N, →", t("The next, without a decision")],
  ["P, ←", t("The one before")],
  ["?", t("This list")],
];

/** What a key press means; null when it is not ours. Only steps repeat while a key is held. */
export function doubtCommand({ key, altKey, ctrlKey, metaKey, repeat }: KeyPress): DoubtCommand | null {
  if (altKey || ctrlKey || metaKey) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  const command = Object.hasOwn(KEYS, name) ? (KEYS[name] ?? null) : null;
  return repeat && command?.do !== "step" ? null : command;
}
