import type { DicomFrame } from "../api/types";
import { suggestedName } from "../answers/suggestions";
import { RegionCanvas } from "../canvas/canvas";
import type { CanvasOwner, CanvasState } from "../canvas/owner";
import type { Size } from "../canvas/points";
import type { Suggestion } from "../canvas/suggestion";
import { DicomPicture } from "../dicom/picture";
import { createStore } from "../ui/store";
import type { PictureCommand } from "./pictureKeys";
import { sameLayers, viewedRegions, type Layer, type ViewedRegions } from "./viewedRegions";

/** What the bar under the image shows. */
export interface ViewerState {
  readonly image: "loading" | "shown" | "broken";
  readonly scale: number;
  readonly names: boolean;
  /** Whether a drag changes brightness and contrast, or a DICOM file's window, in the place of moving the image. */
  readonly adjusts: boolean;
  /** The frames and windows of a DICOM file. */
  readonly dicom: DicomPicture | null;
}

/** Screen pixels of a drag that change brightness or contrast by all of the image's own. */
const LOOK_SPAN = 300;
const LOOK_LEAST = 0.2;
const LOOK_MOST = 3;
const STEP = 1.25;

const NOTHING = viewedRegions([], new Map());

const within = (value: number) => Math.min(LOOK_MOST, Math.max(LOOK_LEAST, value));

/** An image with answers over it, to look at closely: nothing on it can be changed. */
export class ImageViewer implements CanvasOwner {
  readonly state = createStore<ViewerState>({ image: "loading", scale: 1, names: false, adjusts: false, dicom: null });
  readonly canvas: RegionCanvas;
  private layers: readonly Layer[] = [];
  private regions: ViewedRegions = NOTHING;
  private light = { brightness: 1, contrast: 1 };
  private gone = false;

  constructor(host: HTMLElement, private readonly colors: ReadonlyMap<string, string>) {
    this.canvas = new RegionCanvas(host, this);
  }

  destroy(): void {
    this.gone = true;
    this.canvas.destroy();
  }

  /** Shows an image; its own size counts where none is known. */
  async show(url: string, size: Size | null): Promise<void> {
    const element = new Image();
    element.alt = "";
    element.src = url;
    const loaded = await element.decode().then(() => true, () => false);
    if (this.gone) return;
    if (loaded) this.canvas.show({ element, size: size ?? { width: element.naturalWidth, height: element.naturalHeight } });
    this.update({ image: loaded ? "shown" : "broken" });
  }

  /** Puts a DICOM file's pixels in the place of the picture of them, if they can be had. */
  async showPixels(fetchFrame: (frame: number) => Promise<DicomFrame>): Promise<void> {
    const dicom = new DicomPicture(fetchFrame);
    if (!(await dicom.show(0)) || this.gone) return;
    if (this.state.get().image === "shown") this.canvas.replace(dicom.element);
    else this.canvas.show({ element: dicom.element, size: { width: dicom.element.width, height: dicom.element.height } });
    this.update({ image: "shown", dicom });
  }

  lay(layers: readonly Layer[]): void {
    if (sameLayers(this.layers, layers)) return;
    this.layers = layers;
    this.regions = viewedRegions(layers, this.colors);
    this.canvas.refresh();
  }

  run(command: PictureCommand): void {
    const { names, adjusts, dicom } = this.state.get();
    switch (command.do) {
      case "larger":
        return this.canvas.zoom(STEP);
      case "smaller":
        return this.canvas.zoom(1 / STEP);
      case "fit":
        return this.canvas.fit();
      case "actual":
        return this.canvas.actualSize();
      case "frame":
        return dicom?.step(command.by);
      case "names":
        return this.change({ names: !names });
      case "adjust":
        return this.change({ adjusts: !adjusts });
    }
  }

  // What the canvas asks of its owner.

  read(): CanvasState {
    const { image, names, adjusts } = this.state.get();
    const { document } = image === "shown" ? this.regions : NOTHING;
    return { document, draws: "box", selected: new Set(), hidden: new Set(), locked: true, tool: adjusts ? "window" : "select", label: null, brush: 1, overlap: true, names };
  }

  colorOf(label: string): string {
    return this.regions.faces.get(label)?.color ?? "";
  }

  nameOf(label: string, suggested?: Suggestion): string {
    return suggestedName(this.regions.faces.get(label)?.name ?? label, suggested);
  }

  commit(): void {
    throw new Error("Nothing can be changed here.");
  }

  /** Nothing is selected here: pointing at a region names it. */
  select(): void {
    this.canvas.refresh();
  }

  say(text: string): void {
    throw new Error(text);
  }

  adjusted(dx: number, dy: number): void {
    const { dicom } = this.state.get();
    if (dicom !== null) return dicom.drag(dx, dy);
    const { brightness, contrast } = this.light;
    this.light = { brightness: within(brightness + dy / LOOK_SPAN), contrast: within(contrast + dx / LOOK_SPAN) };
    this.canvas.look(this.light.brightness, this.light.contrast);
  }

  zoomed(scale: number): void {
    this.update({ scale });
  }

  private change(change: Partial<ViewerState>): void {
    this.update(change);
    this.canvas.refresh();
  }

  private update(change: Partial<ViewerState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
