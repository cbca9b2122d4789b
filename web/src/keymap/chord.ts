/** What of a keyboard event tells which key was pressed. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly repeat: boolean;
  getModifierState?(name: string): boolean;
}

const SILENT: ReadonlySet<string> = new Set(["Shift", "Control", "Meta", "Alt", "AltGraph", "CapsLock", "NumLock", "Fn", "Dead", "Process", "Unidentified"]);

/** The digit by the key's place, so that layouts which need Shift for digits work too. */
function digitOf({ key, code }: KeyPress): string | undefined {
  return /^Digit([0-9])$/.exec(code)?.[1] ?? (/^[0-9]$/.test(key) ? key : undefined);
}

const isLetter = (key: string) => key.length === 1 && key.toLowerCase() !== key.toUpperCase();

/** Whether Alt only helps to type the character, as AltGr and Option do. */
function isTyped(press: KeyPress): boolean {
  const { key, altKey } = press;
  if (key.length > 1 || isLetter(key) || /[0-9 ]/.test(key)) return false;
  return altKey || press.getModifierState?.("AltGraph") === true;
}

/** What a key press may be called, such as "Shift+Q": by the digit on the key, by its character, by the Latin letter on it. */
export function chordsOf(press: KeyPress): readonly string[] {
  const { key, code, shiftKey, ctrlKey, metaKey, altKey } = press;
  if (SILENT.has(key)) return [];
  if (isTyped(press)) return [key];
  const held = `${ctrlKey || metaKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}`;
  const shifted = held + (shiftKey ? "Shift+" : "");
  const digit = digitOf(press);
  const byPlace = digit === undefined ? [] : [shifted + digit];
  if (/^[0-9]$/.test(key)) return byPlace;
  if (key === " ") return [`${shifted}Space`];
  if (key.length > 1) return [shifted + key];
  // A character such as "?" has its Shift in it.
  if (!isLetter(key)) return [...byPlace, held + key];
  const latin = /^[a-z]$/i.test(key) ? undefined : /^Key([A-Z])$/.exec(code)?.[1];
  return [...byPlace, shifted + key.toUpperCase(), ...(latin === undefined ? [] : [shifted + latin])];
}

/** A chord's keys one by one: "Ctrl++" is Ctrl and a plus. */
export const keysIn = (chord: string): string[] => chord.split(/\+(?=.)/);

/** The chord without Shift, or null where there is none in it. */
export function unshifted(chord: string): string | null {
  const plain = chord.replace(/Shift\+(?=.)/, "");
  return plain === chord ? null : plain;
}
