import type { Task, TaskItem } from "../api/types";
import type { Size } from "./answer";

export interface LoadedImage {
  readonly size: Size;
  /** Kept so that the browser keeps the decoded pixels. */
  readonly element?: HTMLImageElement;
}

export type LoadImage = (url: string) => Promise<LoadedImage>;

/** Loads and decodes, so that the browser paints the image at once when a tile asks for it. */
export const loadInBrowser: LoadImage = async (url) => {
  const image = new Image();
  image.decoding = "async";
  image.src = url;
  await image.decode();
  return { size: [image.naturalWidth, image.naturalHeight], element: image };
};

/** What a tile shows: a small rendition where several images share the screen. */
export function shownUrl(item: TaskItem, columns: number): string {
  return (columns > 1 ? item.thumbnail : null) ?? item.url ?? "";
}

/** Images of the pages at hand. Holding the loaded elements keeps them decoded. */
export class Images {
  private readonly loads = new Map<string, Promise<LoadedImage | null>>();
  private readonly loaded = new Map<string, LoadedImage>();
  private readonly sizes = new Map<string, Size>();

  constructor(private readonly load: LoadImage = loadInBrowser) {}

  /** Resolves once every image of the task is decoded or has failed. */
  async prepare(task: Task): Promise<void> {
    await Promise.all(task.items.map((item) => this.prepareItem(item, task.items.length > 1 ? 2 : 1)));
  }

  noteSize(item: TaskItem, shown: string, size: Size): void {
    if (shown === item.url) this.sizes.set(item.id, size);
  }

  sizeOf(item: TaskItem): Size | null {
    const stated = item.width && item.height ? ([item.width, item.height] as const) : null;
    return this.sizes.get(item.id) ?? stated;
  }

  /** The image, if it is decoded already. */
  at(item: TaskItem): LoadedImage | null {
    return this.loaded.get(item.id) ?? null;
  }

  /** The whole image once it is decoded; null when it does not load. */
  whole(item: TaskItem): Promise<LoadedImage | null> {
    return this.prepareItem(item, 1);
  }

  /** Forgets a load that failed, so that the next one tries again. */
  retry(item: TaskItem): void {
    this.loads.delete(item.id);
  }

  release(task: Task): void {
    for (const item of task.items) {
      this.loads.delete(item.id);
      this.loaded.delete(item.id);
    }
  }

  private prepareItem(item: TaskItem, columns: number): Promise<LoadedImage | null> {
    const known = this.loads.get(item.id);
    if (known !== undefined) return known;
    if (item.text != null) return Promise.resolve(null);
    const url = shownUrl(item, columns);
    const loading = this.load(url).catch(() => null);
    void loading.then((image) => {
      if (image === null) return;
      this.loaded.set(item.id, image);
      this.noteSize(item, url, image.size);
    });
    this.loads.set(item.id, loading);
    return loading;
  }
}
