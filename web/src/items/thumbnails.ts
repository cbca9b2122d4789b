import type { Item } from "../api/types";
import { createStore } from "../ui/store";

/** What to show of an item in a grid, or why there is nothing. */
export interface Thumbnail {
  readonly url: string | null;
  readonly reason: string | null;
}

export type ThumbnailsById = ReadonlyMap<string, Thumbnail>;
type Load = (items: readonly string[]) => Promise<ThumbnailsById>;

const AT_ONCE = 60;
const KEPT_MS = 20 * 60_000;
/** An image of no longer side is as small as a thumbnail would be. */
const SMALL_SIDE = 512;

function needsOne({ url, width, height }: Item): boolean {
  const small = width !== null && height !== null && Math.max(width, height) <= SMALL_SIDE;
  return url === null || !small;
}

/** Small pictures of images, asked for once they are wanted, as many at a time as the server makes. */
export class Thumbnails {
  readonly known = createStore<ThumbnailsById>(new Map());
  private readonly asked = new Map<string, number>();

  constructor(private readonly load: Load) {}

  want(items: readonly Item[]): void {
    const now = Date.now();
    const due = items.filter((item) => needsOne(item) && now - (this.asked.get(item.id) ?? -KEPT_MS) >= KEPT_MS).map(({ id }) => id);
    for (const id of due) this.asked.set(id, now);
    for (let at = 0; at < due.length; at += AT_ONCE) void this.ask(due.slice(at, at + AT_ONCE));
  }

  private async ask(items: readonly string[]): Promise<void> {
    try {
      const found = await this.load(items);
      this.known.set(new Map([...this.known.get(), ...found]));
    } catch {
      for (const id of items) this.asked.delete(id);
    }
  }
}
