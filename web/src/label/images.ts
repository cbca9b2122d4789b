import { messageOf } from "../api/problem";
import type { DicomFrame, Task, TaskItem } from "../api/types";
import type { Size } from "./answer";
import type { ImageServer } from "./imageServer";
import { t } from "../words/words";

export interface LoadedImage {
  readonly size: Size;
  /** Kept so that the browser keeps the decoded pixels. */
  readonly element?: HTMLImageElement;
}

/** An image that can be shown, by its address. */
export interface ShownImage extends LoadedImage {
  readonly url: string;
  /** What the picture does not show, such as the other pages of a file. */
  readonly note: string | null;
}

export type LoadImage = (url: string) => Promise<LoadedImage>;

/** Loads and decodes, so that the browser paints the image at once when a tile asks for it. */
export const loadInBrowser: LoadImage = async (url) => {
  const image = new Image();
  image.alt = "";
  image.decoding = "async";
  image.src = url;
  await image.decode();
  return { size: [image.naturalWidth, image.naturalHeight], element: image };
};

/** From so many pixels on, images that share the screen are shown as thumbnails. */
const LARGE_PIXELS = 1_000_000;

/** Of a file of several pages, the first is shown. A DICOM file's frames can be stepped through. */
function pageNote({ frames, path }: TaskItem): string | null {
  return frames == null || frames < 2 || /\.(dcm|dicom)$/i.test(path) ? null : t("This is page 1 of {frames}.", { frames });
}

/** Images of the pages at hand. Holding the loaded elements keeps them decoded. */
export class Images {
  private readonly loads = new Map<string, Promise<ShownImage | null>>();
  private readonly loaded = new Map<string, ShownImage>();
  private readonly reasons = new Map<string, string>();
  private readonly small = new Map<string, string>();
  private readonly sizes = new Map<string, Size>();
  private large = false;

  constructor(private readonly server: ImageServer, private readonly load: LoadImage = loadInBrowser) {}

  /** Resolves once every image of the task is decoded or has failed. */
  async prepare(task: Task): Promise<void> {
    const columns = task.items.length > 1 ? 2 : 1;
    if (columns > 1 && this.large) await this.findSmall(task.items);
    await Promise.all(task.items.map((item) => this.prepareItem(item, columns)));
  }

  /** What a tile shows: a small rendition where several images share the screen and there is one. */
  urlOf(item: TaskItem, columns: number): string {
    const small = columns > 1 ? (item.thumbnail ?? this.small.get(item.id)) : null;
    return small ?? this.loaded.get(item.id)?.url ?? item.url ?? "";
  }

  noteSize(item: TaskItem, shown: string, size: Size): void {
    if (shown !== item.url) return;
    this.sizes.set(item.id, size);
    this.large ||= size[0] * size[1] >= LARGE_PIXELS;
  }

  sizeOf(item: TaskItem): Size | null {
    const stated = item.width && item.height ? ([item.width, item.height] as const) : null;
    return stated ?? this.sizes.get(item.id) ?? null;
  }

  /** The image, if it is decoded already. */
  at(item: TaskItem): ShownImage | null {
    return this.loaded.get(item.id) ?? null;
  }

  /** The image once it is decoded, as the file or as a rendition; null when neither can be shown. */
  whole(item: TaskItem): Promise<ShownImage | null> {
    return this.prepareItem(item, 1);
  }

  /** What the picture does not show, such as other pages of the file. */
  noteOf(item: TaskItem): string | null {
    return this.loaded.get(item.id)?.note ?? pageNote(item);
  }

  /** A frame of a DICOM file, counted from 0. */
  frame(item: TaskItem, frame: number): Promise<DicomFrame> {
    return this.server.frame(item.id, frame);
  }

  /** Why an image cannot be shown. */
  reasonOf(item: TaskItem): string | null {
    return this.reasons.get(item.id) ?? null;
  }

  /** Forgets a load that failed, so that the next one tries again. */
  retry(item: TaskItem): void {
    this.loads.delete(item.id);
    this.reasons.delete(item.id);
  }

  release(task: Task): void {
    for (const { id } of task.items) for (const kept of [this.loads, this.loaded, this.small]) kept.delete(id);
  }

  private async findSmall(items: readonly TaskItem[]): Promise<void> {
    const wanted = items.filter(({ id, text, thumbnail }) => text == null && !thumbnail && !this.small.has(id));
    if (wanted.length === 0) return;
    const found = await this.server.thumbnails(wanted.map(({ id }) => id)).catch(() => new Map<string, string>());
    for (const [id, url] of found) this.small.set(id, url);
  }

  private prepareItem(item: TaskItem, columns: number): Promise<ShownImage | null> {
    if (item.text != null) return Promise.resolve(null);
    const known = this.loads.get(item.id);
    if (known !== undefined) return known;
    const url = this.urlOf(item, columns);
    const loading = this.shown(item, url).catch((error: unknown) => {
      this.reasons.set(item.id, messageOf(error));
      return null;
    });
    void loading.then((image) => {
      if (image === null) return;
      this.loaded.set(item.id, image);
      this.noteSize(item, image.url, image.size);
    });
    this.loads.set(item.id, loading);
    return loading;
  }

  private async shown(item: TaskItem, url: string): Promise<ShownImage> {
    const image = await this.load(url).catch(() => null);
    if (image !== null) return { ...image, url, note: pageNote(item) };
    const view = await this.server.rendition(item.id);
    if (view.width !== null && view.height !== null) this.sizes.set(item.id, [view.width, view.height]);
    if (view.url === null) throw new Error("There is no picture of it.");
    return { ...(await this.load(view.url)), url: view.url, note: view.note };
  }
}
