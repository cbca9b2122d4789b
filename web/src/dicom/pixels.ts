import { t } from "../words/words";
/** How a frame's stored 16-bit numbers become values: value = number * slope + intercept. */
export interface PixelMeaning {
  readonly signed: boolean;
  readonly slope: number;
  readonly intercept: number;
  /** Low values are bright. */
  readonly inverted: boolean;
}

/** The values to tell apart: those within half a width of the center. */
export interface Window {
  readonly center: number;
  readonly width: number;
  readonly name: string;
}

const NUMBERS = 65_536;

/** Little-endian 16-bit numbers as they are stored; signed ones as their two's complement. */
export function numbersOf(bytes: ArrayBuffer): Uint16Array {
  const view = new DataView(bytes);
  return Uint16Array.from({ length: Math.floor(bytes.byteLength / 2) }, (_, index) => view.getUint16(2 * index, true));
}

const asSigned = (number: number) => (number >= NUMBERS / 2 ? number - NUMBERS : number);

/** The lowest and highest value of a frame, as a window that shows them all. */
export function fullRange(numbers: Uint16Array, meaning: PixelMeaning): Window {
  let [low, high] = [Infinity, -Infinity];
  for (const number of numbers) {
    const value = (meaning.signed ? asSigned(number) : number) * meaning.slope + meaning.intercept;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { center: (low + high + 1) / 2, width: Math.max(1, high - low + 1), name: t("Full range") };
}

/** The grey of every stored number, 0 to 255: DICOM's linear window (PS3.3 C.11.2.1.2.1). */
export function greys({ signed, slope, intercept, inverted }: PixelMeaning, { center, width }: Window): Uint8ClampedArray {
  const span = Math.max(width - 1, 1e-6);
  const table = new Uint8ClampedArray(NUMBERS);
  for (let number = 0; number < NUMBERS; number++) {
    const value = (signed ? asSigned(number) : number) * slope + intercept;
    const grey = ((value - (center - 0.5)) / span + 0.5) * 255;
    table[number] = inverted ? 255 - Math.min(255, Math.max(0, grey)) : grey;
  }
  return table;
}

/** The pixels of a frame as a canvas wants them: red, green, blue and opaque. */
export function paint(pixels: Uint32Array, numbers: Uint16Array, table: Uint8ClampedArray): void {
  const colors = Uint32Array.from(table, (grey) => (0xff000000 | (grey << 16) | (grey << 8) | grey) >>> 0);
  for (let at = 0; at < pixels.length; at++) pixels[at] = colors[numbers[at] ?? 0] ?? 0;
}

/** What radiologists look at computed tomography through, in Hounsfield units. */
const TOMOGRAPHY: readonly Window[] = [
  { name: t("Soft tissue"), center: 50, width: 400 },
  { name: t("Lung"), center: -600, width: 1500 },
  { name: t("Bone"), center: 400, width: 1800 },
  { name: t("Brain"), center: 40, width: 80 },
];
const AIR = -1000;

/** The file's own windows, all that there is, and the usual ones where values are Hounsfield units. */
export function presets(own: readonly Window[], full: Window, { intercept }: PixelMeaning): readonly Window[] {
  const named = own.map((window, index) => ({ ...window, name: window.name || (own.length === 1 ? t("As stored") : t("As stored, {index}", { index: index + 1 })) }));
  return [...named, full, ...(intercept <= AIR ? TOMOGRAPHY : [])];
}
