import { createStore } from "../ui/store";

/** How texts are set: chosen once, kept for every text on this browser. */
export interface TextLook {
  /** CSS pixels. */
  readonly size: number;
  readonly font: "sans" | "serif" | "mono";
}

const KEY = "tagwerk.text";
const SIZES = [12, 14, 16, 18, 20, 24, 28, 32, 40] as const;
const FONTS = ["sans", "serif", "mono"] as const;
const FIRST: TextLook = { size: 16, font: "sans" };

function stored(): TextLook {
  try {
    const { size, font } = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<TextLook>;
    return { size: SIZES.find((known) => known === size) ?? FIRST.size, font: FONTS.find((known) => known === font) ?? FIRST.font };
  } catch {
    return FIRST;
  }
}

export const textLook = createStore<TextLook>(stored());

function set(change: Partial<TextLook>): void {
  textLook.set({ ...textLook.get(), ...change });
  localStorage.setItem(KEY, JSON.stringify(textLook.get()));
}

export function resizeText(steps: 1 | -1): void {
  const at = SIZES.findIndex((size) => size === textLook.get().size);
  set({ size: SIZES[Math.min(SIZES.length - 1, Math.max(0, at + steps))] ?? FIRST.size });
}

export function nextFont(): void {
  const at = FONTS.indexOf(textLook.get().font);
  set({ font: FONTS[(at + 1) % FONTS.length] ?? FIRST.font });
}
