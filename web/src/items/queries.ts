import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { unwrap } from "../api/client";
import type { ImageView, Item, ItemDetail } from "../api/types";
import { api } from "../auth/session";
import { filterQuery, type ItemFilter } from "./filter";
import type { ItemPage } from "./pages";

const PAGE = 60;
const REFRESH_MS = 15_000;
const IMAGE_MS = 20 * 60_000;

export const listKey = (project: string, filter: ItemFilter) => ["items", project, filter] as const;
export const itemKey = (project: string, item: string) => ["item", project, item] as const;

export async function readPage(project: string, filter: ItemFilter, cursor: string | null, signal?: AbortSignal): Promise<ItemPage> {
  const query = { limit: PAGE, ...filterQuery(filter), ...(cursor === null ? {} : { cursor }) };
  const { items, next } = await unwrap(api.GET("/api/projects/{project}/items", { params: { path: { project }, query }, ...(signal === undefined ? {} : { signal }) }));
  return { items: items as readonly Item[], next: next ?? null, at: Date.now() };
}

/** The list as far as somebody has scrolled. What is in sight is read again by `ListedItems`, the rest only once it is. */
export function useItems(project: string, filter: ItemFilter) {
  return useInfiniteQuery({
    queryKey: listKey(project, filter),
    queryFn: ({ pageParam, signal }) => readPage(project, filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
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
