import type { DicomFrame } from "../api/types";
import { createStore } from "../ui/store";
import { fullRange, greys, numbersOf, paint, presets, type Window } from "./pixels";
import { t } from "../words/words";

/** What the controls around a DICOM picture show. */
export interface PictureState {
  readonly frame: number;
  readonly frames: number;
  readonly window: Window | null;
  /** Empty where the picture is all that there is, without pixels to choose a window of. */
  readonly presets: readonly Window[];
  readonly problem: string | null;
}

type Fetch = (frame: number) => Promise<DicomFrame>;

export function isDicom(path: string): boolean {
  return /\.(dcm|dicom)$/i.test(path);
}

/** A frame's numbers, or a picture of it where it has no 16-bit ones. */
interface Pixels {
  readonly frame: DicomFrame;
  readonly numbers: Uint16Array | null;
  readonly picture: HTMLImageElement | null;
}

async function pictureOf(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}

/** Dragging over so many screen pixels passes through the whole of a window's width. */
const DRAG_SPAN = 300;
const KEPT = 24;

/** A DICOM file's frames, painted from their 16-bit pixels through a window that can be chosen. */
export class DicomPicture {
  readonly element = document.createElement("canvas");
  readonly state = createStore<PictureState>({ frame: 0, frames: 1, window: null, presets: [], problem: null });
  private readonly known = new Map<number, Promise<Pixels>>();
  private shown: Pixels | null = null;

  constructor(private readonly fetchFrame: Fetch) {}

  /** Shows a frame; false when it cannot be had. */
  async show(frame: number): Promise<boolean> {
    this.update({ frame });
    const pixels = await this.pixelsOf(frame).catch((error: unknown) => {
      this.known.delete(frame);
      this.update({ problem: error instanceof Error ? error.message : String(error) });
      return null;
    });
    if (pixels === null) return false;
    if (this.state.get().frame !== frame) return true;
    this.shown = pixels;
    const { width, height, frames, windows } = pixels.frame;
    if (this.element.width !== width || this.element.height !== height) Object.assign(this.element, { width, height });
    const all = pixels.numbers === null ? [] : presets(windows, fullRange(pixels.numbers, pixels.frame), pixels.frame);
    this.update({ frames, presets: all, window: this.state.get().window ?? all[0] ?? null, problem: null });
    this.repaint();
    return true;
  }

  step(by: number): void {
    const { frame, frames } = this.state.get();
    const next = Math.min(frames - 1, Math.max(0, frame + by));
    if (next !== frame) void this.show(next);
  }

  look(window: Window): void {
    this.update({ window });
    this.repaint();
  }

  /** A drag to the right widens the window, a drag downwards makes the picture brighter. */
  drag(dx: number, dy: number): void {
    const { window } = this.state.get();
    if (window === null) return;
    const unit = Math.max(1, window.width) / DRAG_SPAN;
    this.look({ name: t("By hand"), width: Math.max(1, window.width + dx * unit), center: window.center - dy * unit });
  }

  private pixelsOf(frame: number): Promise<Pixels> {
    const pending = this.known.get(frame) ?? this.load(frame);
    this.known.delete(frame);
    this.known.set(frame, pending);
    const [oldest] = this.known.keys();
    if (this.known.size > KEPT && oldest !== undefined) this.known.delete(oldest);
    return pending;
  }

  private async load(number: number): Promise<Pixels> {
    const frame = await this.fetchFrame(number);
    if (frame.raw === null || frame.samples !== 1) return { frame, numbers: null, picture: await pictureOf(frame.png) };
    const response = await fetch(frame.raw);
    if (!response.ok) throw new Error(`The storage answered ${response.status}.`);
    return { frame, numbers: numbersOf(await response.arrayBuffer()), picture: null };
  }

  private repaint(): void {
    const { window } = this.state.get();
    const context = this.element.getContext("2d");
    if (context === null || this.shown === null) return;
    const { frame, numbers, picture } = this.shown;
    if (picture !== null) context.drawImage(picture, 0, 0, frame.width, frame.height);
    if (numbers === null || window === null) return;
    const image = context.createImageData(frame.width, frame.height);
    paint(new Uint32Array(image.data.buffer), numbers, greys(frame, window));
    context.putImageData(image, 0, 0);
  }

  private update(change: Partial<PictureState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
