import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData, type Query, type QueryClient, type QueryKey } from "@tanstack/react-query";
import { useEffect } from "react";
import { unwrap } from "../api/client";
import type { ImageView, Item, ItemDetail } from "../api/types";
import { api } from "../auth/session";
import type { Shelf } from "../review/session";
import { filterQuery, NO_FILTER, type ItemFilter } from "./filter";

interface ItemPage {
  readonly items: readonly Item[];
  readonly next?: string | null;
}

const PAGE = 60;
const REFRESH_MS = 15_000;
const IMAGE_MS = 20 * 60_000;

const listKey = (project: string, filter: ItemFilter) => ["items", project, filter] as const;
export const itemKey = (project: string, item: string) => ["item", project, item] as const;

export function useItems(project: string, filter: ItemFilter) {
  return useInfiniteQuery({
    queryKey: listKey(project, filter),
    queryFn: async ({ pageParam, signal }): Promise<ItemPage> => {
      const query = { limit: PAGE, ...filterQuery(filter), ...(pageParam === null ? {} : { cursor: pageParam }) };
      return (await unwrap(api.GET("/api/projects/{project}/items", { params: { path: { project }, query }, signal }))) as ItemPage;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
    refetchInterval: REFRESH_MS,
  });
}

const imageQuery = (project: string, item: string) => ({
  queryKey: ["image", project, item],
  queryFn: () => unwrap(api.GET("/api/projects/{project}/items/{item}/image", { params: { path: { project, item } } })),
  staleTime: IMAGE_MS,
  retry: false,
});

const itemQuery = (project: string, item: string) => ({
  queryKey: itemKey(project, item),
  queryFn: async (): Promise<ItemDetail> => (await unwrap(api.GET("/api/projects/{project}/items/{item}", { params: { path: { project, item } } }))) as ItemDetail,
});

/** The image as browsers can show it, with its size; refused with the reason when nobody can show it. */
export function useItemImage(project: string, item: string, enabled: boolean) {
  return useQuery({ ...imageQuery(project, item), enabled });
}

export function useItem(project: string, item: string) {
  return useQuery({ ...itemQuery(project, item), refetchInterval: REFRESH_MS });
}

/** Fetches what opening the item will need. */
export function usePrefetch(project: string, item: Item | undefined): void {
  const queries = useQueryClient();
  const id = item?.id;
  const pictured = item?.text === null && item.defect === null;
  useEffect(() => {
    if (id === undefined) return;
    const ignored = () => undefined;
    void queries.query(itemQuery(project, id)).catch(ignored);
    if (!pictured) return;
    const show = ({ url }: ImageView) => {
      if (url !== null) new Image().src = url;
    };
    void queries.query(imageQuery(project, id)).then(show, ignored);
  }, [queries, project, id, pictured]);
}

const hasData = ({ state }: Query) => state.data !== undefined;

export const newer = (one: Item | undefined, other: Item | undefined) => ((one?.version ?? -1) >= (other?.version ?? -1) ? one : other);

/** The items as the queries of the page hold them, read at the moment of use. */
export class ListedItems implements Shelf {
  private filter = NO_FILTER;
  private fetchMore: () => void = () => undefined;

  constructor(private readonly queries: QueryClient, private readonly project: string) {}

  /** The list on screen is that of this filter. */
  show(filter: ItemFilter, fetchMore: () => void): void {
    this.filter = filter;
    this.fetchMore = fetchMore;
  }

  items(): readonly Item[] {
    return this.list()?.pages.flatMap(({ items }) => items) ?? [];
  }

  find(item: string): Item | undefined {
    const listed = this.items().find(({ id }) => id === item);
    return newer(this.queries.getQueryData<ItemDetail>(itemKey(this.project, item)), listed);
  }

  /** Items keep their places, even if they match no more: the next look at the list tells. */
  async put(details: readonly ItemDetail[]): Promise<void> {
    const read = new Map<string, Item>(details.map((detail) => [detail.id, detail]));
    const growing = this.isGrowing();
    const older: readonly QueryKey[] = [["items", this.project], ...details.map(({ id }) => itemKey(this.project, id))];
    await Promise.all(older.map((queryKey) => this.queries.cancelQueries({ queryKey, predicate: hasData })));
    for (const detail of details) this.queries.setQueryData(itemKey(this.project, detail.id), detail);
    const page = ({ items, ...rest }: ItemPage): ItemPage => ({ ...rest, items: items.map((item) => read.get(item.id) ?? item) });
    this.queries.setQueryData<InfiniteData<ItemPage>>(listKey(this.project, this.filter), (list) => list && { ...list, pages: list.pages.map(page) });
    void this.queries.invalidateQueries({ queryKey: ["dashboard", this.project] });
    if (growing) this.fetchMore();
  }

  async reload(): Promise<void> {
    await Promise.all(["items", "item", "dashboard"].map((key) => this.queries.invalidateQueries({ queryKey: [key, this.project] })));
  }

  more(): void {
    if (!this.isGrowing()) this.fetchMore();
  }

  /** Whether what follows the last item is on its way. */
  private isGrowing(): boolean {
    return this.queries.isFetching({ queryKey: ["items", this.project], predicate: ({ state }) => state.fetchMeta?.fetchMore !== undefined }) > 0;
  }

  private list(): InfiniteData<ItemPage> | undefined {
    return this.queries.getQueryData<InfiniteData<ItemPage>>(listKey(this.project, this.filter));
  }
}
