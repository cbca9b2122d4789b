import { suggestedName } from "../../answers/suggestions";
import type { TaskItem } from "../../api/types";
import { RegionCanvas } from "../../canvas/canvas";
import type { ChangeSet } from "../../canvas/document";
import { placing } from "../../canvas/operations";
import type { CanvasOwner, CanvasState } from "../../canvas/owner";
import type { Region } from "../../canvas/regions";
import type { Suggestion } from "../../canvas/suggestion";
import { DicomPicture, isDicom } from "../../dicom/picture";
import { createStore } from "../../ui/store";
import { SEEN_MS } from "../clock";
import type { Command } from "../keys";
import { committed, currentItem, withMarking } from "../marks/document";
import type { Surface } from "../marks/marking";
import type { ShownImage } from "../images";
import type { Desk } from "../useSession";
import { brushOf } from "./brushSize";
import type { RegionMarks } from "./keys";
import { regionDocument } from "./marking";
import { t } from "../../words/words";

/** What the frame around the canvas shows. */
export interface SurfaceState {
  readonly image: "loading" | "shown" | "broken";
  readonly scale: number;
  readonly brightness: number;
  readonly contrast: number;
  /** How far what lies inside of regions is covered: 1 is as usual. */
  readonly fill: number;
  /** The frames and windows of a DICOM file. */
  readonly dicom: DicomPicture | null;
  /** What the picture does not show, such as other pages of the file. */
  readonly note: string | null;
}

/** Screen pixels of a drag that change brightness or contrast by all of the image's own. */
const LOOK_SPAN = 300;
const LOOK_LEAST = 0.2;
const LOOK_MOST = 3;

/** The canvas on the labeling page: follows the session from item to item, and writes what is drawn into its pages. */
export class RegionSurface implements Surface, CanvasOwner {
  readonly state = createStore<SurfaceState>({ image: "loading", scale: 1, brightness: 1, contrast: 1, fill: 1, dicom: null, note: null });
  readonly canvas: RegionCanvas;
  private readonly ends: (() => void)[];
  private item: TaskItem | null = null;
  private shownAt = Infinity;

  constructor(host: HTMLElement, private readonly desk: Desk, private readonly marks: RegionMarks) {
    this.canvas = new RegionCanvas(host, this);
    this.ends = [desk.session.state.subscribe(() => this.follow()), desk.session.attach(this)];
    this.follow();
  }

  destroy(): void {
    for (const end of this.ends) end();
    this.canvas.destroy();
    this.item = null;
  }

  /** Asks for the image again. */
  retry(): void {
    const item = this.item;
    if (item === null) return;
    this.desk.session.images.retry(item);
    this.item = null;
    this.follow();
  }

  look(brightness: number, contrast: number): void {
    this.canvas.look(brightness, contrast);
    this.update({ brightness, contrast });
  }

  fill(fill: number): void {
    this.canvas.fill(fill);
    this.update({ fill });
  }

  asItIs(): void {
    this.look(1, 1);
    this.fill(1);
  }

  /** Shows what is selected as large as it goes; with nothing selected, everything. */
  zoomToSelected(): void {
    const { document, selected } = this.read();
    this.canvas.zoomTo(document.marks.filter(({ id }) => selected.has(id)));
  }

  // What the session asks of what is on screen.

  finish(): boolean {
    return this.canvas.finish();
  }

  cancel(): boolean {
    return this.canvas.cancel();
  }

  back(): boolean {
    return this.canvas.back();
  }

  seen(item: string): boolean {
    return this.item?.id === item && performance.now() - this.shownAt >= SEEN_MS;
  }

  run(command: Command): void {
    if (command.do === "zoom") this.canvas.zoom(command.factor);
    else if (command.do === "fit") this.canvas.fit();
    else if (command.do === "frame") this.state.get().dicom?.step(command.by);
    else if (command.do === "place") this.place();
    else if (command.do === "reveal") this.reveal();
  }

  // What the canvas asks of its owner.

  read(): CanvasState {
    const { host } = this.desk.session;
    const { marking } = host.read();
    return {
      document: regionDocument(host),
      draws: ({ boxes: "box", polygons: "polygon", masks: "mask" } as const)[this.marks],
      selected: marking.selected,
      hidden: marking.hidden,
      fixed: marking.fixed,
      locked: marking.locked,
      tool: marking.tool,
      label: marking.label,
      brush: brushOf(marking.brush, this.canvas.size),
      overlap: host.overlap,
      names: marking.names === true,
    };
  }

  colorOf(label: string): string {
    return this.desk.byPath.get(label)?.color ?? "#ffffff";
  }

  nameOf(label: string, suggested?: Suggestion): string {
    return suggestedName(this.desk.byPath.get(label)?.name ?? label, suggested);
  }

  commit(set: ChangeSet<Region>): void {
    const { host } = this.desk.session;
    host.update(committed(host.read(), set));
  }

  select(ids: readonly string[], drawn: boolean): void {
    const { host } = this.desk.session;
    host.update(withMarking(host.read(), { selected: new Set(ids), drawn }));
  }

  say(text: string): void {
    this.desk.session.host.say(t(text));
  }

  /** The window of a DICOM file, or else contrast and brightness of any image. */
  adjusted(dx: number, dy: number): void {
    const { dicom, brightness, contrast } = this.state.get();
    if (dicom !== null) return dicom.drag(dx, dy);
    const within = (value: number) => Math.min(LOOK_MOST, Math.max(LOOK_LEAST, value));
    this.look(within(brightness + dy / LOOK_SPAN), within(contrast + dx / LOOK_SPAN));
  }

  zoomed(scale: number): void {
    this.update({ scale });
  }

  private place(): void {
    const { document, label } = this.read();
    if (this.marks !== "boxes" || label === null) return;
    this.commit(placing(document, label, this.canvas.middle, this.canvas.size));
    this.select([String(document.next)], false);
  }

  private reveal(): void {
    const { document, selected } = this.read();
    const region = document.marks.find(({ id }) => selected.has(id));
    if (region !== undefined) this.canvas.reveal(region);
  }

  private follow(): void {
    const { host, images } = this.desk.session;
    const item = currentItem(host.read().pages[0]) ?? null;
    if (item?.id === this.item?.id) return this.canvas.refresh();
    this.item = item;
    this.shownAt = Infinity;
    this.update({ dicom: null, note: null });
    if (item === null) return;
    const ready = images.at(item);
    if (ready !== null) return this.show(item, ready);
    this.update({ image: "loading" });
    void images.whole(item).then((image) => this.show(item, image));
  }

  private show(item: TaskItem, image: ShownImage | null): void {
    if (this.item?.id !== item.id) return;
    if (image === null) return this.update({ image: "broken" });
    const [width, height] = this.desk.session.images.sizeOf(item) ?? image.size;
    this.canvas.show({ element: image.element ?? new Image(), size: { width, height } });
    this.shownAt = performance.now();
    const { brightness, contrast } = this.state.get();
    this.canvas.look(brightness, contrast);
    this.update({ image: "shown", note: image.note });
    if (isDicom(item.path)) void this.showPixels(item);
  }

  /** Puts the pixels of a DICOM file in the place of the picture of them. */
  private async showPixels(item: TaskItem): Promise<void> {
    const dicom = new DicomPicture((frame) => this.desk.session.images.frame(item, frame));
    if (!(await dicom.show(0)) || this.item?.id !== item.id) return;
    this.canvas.replace(dicom.element);
    this.update({ dicom, note: null });
  }

  private update(change: Partial<SurfaceState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
