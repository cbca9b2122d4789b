const ROW = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] as const;

/** Keys in the order labels receive them: 1 to 0, then Shift with 1 to 0. */
const ORDER = [...ROW, ...ROW.map((digit) => `Shift+${digit}`)];

/** A label, and the letter or digit that the project's owner chose for it. */
export interface Keyed {
  readonly path: string;
  readonly key: string | null;
}

export const isDigit = (text: string): boolean => /^[0-9]$/.test(text);

/**
 * The digit of each label, by path: the one that the owner chose, or the next of those left. Labels that are
 * digits themselves answer to their own key, because anyone who sees a 3 presses 3.
 */
export function hotkeys(labels: readonly Keyed[]): ReadonlyMap<string, string> {
  const areDigits = labels.length > 0 && labels.every(({ path }) => isDigit(path));
  const chosen = new Set(labels.map(({ key }) => key));
  const left = ORDER.filter((digit) => !chosen.has(digit)).values();
  const digitOf = ({ path, key }: Keyed) => {
    if (key !== null && isDigit(key)) return key;
    if (!areDigits) return left.next().value;
    return chosen.has(path) ? undefined : path;
  };
  const pairs = labels.map((label) => [label.path, digitOf(label)] as const);
  return new Map(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}
