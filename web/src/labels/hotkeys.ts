const ROW = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"] as const;

/** Keys in the order labels receive them: 1 to 0, then Shift with 1 to 0. */
const ORDER = [...ROW, ...ROW.map((digit) => `Shift+${digit}`)];

/**
 * The key of each label, by path. Labels that are digits themselves answer to their own key,
 * because anyone who sees a 3 presses 3.
 */
export function hotkeys(paths: readonly string[]): ReadonlyMap<string, string> {
  const areDigits = paths.length > 0 && paths.every((path) => /^[0-9]$/.test(path));
  const pairs = paths.map((path, index) => [path, areDigits ? path : ORDER[index]] as const);
  return new Map(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}
