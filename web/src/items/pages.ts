import type { InfiniteData } from "@tanstack/react-query";
import type { Item } from "../api/types";

/** Some items of a list, read at once. */
export interface ItemPage {
  readonly items: readonly Item[];
  /** Where to go on; null at the end. */
  readonly next: string | null;
  /** When it was read. */
  readonly at: number;
}

/** A list as far as it was read, each page under the cursor that it begins at. */
export type ItemPages = InfiniteData<ItemPage, string | null>;

export type ReadPage = (cursor: string | null) => Promise<ItemPage>;

export const newer = (one: Item | undefined, other: Item | undefined) => ((one?.version ?? -1) >= (other?.version ?? -1) ? one : other);

/** The cursors of the pages that something is on. */
export function cursorsOf({ pages, pageParams }: ItemPages, wanted: (page: ItemPage, begin: number) => boolean): readonly (string | null)[] {
  let begin = 0;
  return pageParams.filter((_, index) => {
    const page = pages[index];
    const found = page !== undefined && wanted(page, begin);
    begin += page?.items.length ?? 0;
    return found;
  });
}

/** Reads what lies between two cursors, which may be more or less than one page by now. */
export async function readBetween(read: ReadPage, from: string | null, until: string | null): Promise<ItemPage> {
  const page = await read(from);
  if (until === null) return page;
  const items = page.items.filter(({ id }) => id < until);
  if (page.next === null || page.next >= until) return { ...page, items, next: until };
  const rest = await readBetween(read, page.next, until);
  return { ...rest, items: [...items, ...rest.items] };
}

/** The list with one page read again; of each item the version that is newer, whichever was read last. */
export function exchanged(list: ItemPages, cursor: string | null, fresh: ItemPage): ItemPages {
  const at = list.pageParams.indexOf(cursor);
  const known = new Map(list.pages[at]?.items.map((item) => [item.id, item]));
  const items = fresh.items.map((item) => newer(item, known.get(item.id)) ?? item);
  return { ...list, pages: list.pages.map((page, index) => (index === at ? { ...fresh, items } : page)) };
}
