import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import type { Item, ItemDetail, ItemStatus } from "../api/types";
import { api } from "../auth/session";

export interface ItemFilter {
  readonly status: ItemStatus | "";
  readonly label: string;
  readonly labeler: string;
}

interface ItemPage {
  readonly items: readonly Item[];
  readonly next?: string | null;
}

const PAGE = 60;
const REFRESH_MS = 15_000;
const IMAGE_MS = 20 * 60_000;

function queryOf({ status, label, labeler }: ItemFilter, cursor: string | null) {
  return {
    limit: PAGE,
    ...(status === "" ? {} : { status }),
    ...(label === "" ? {} : { label }),
    ...(labeler === "" ? {} : { labeler }),
    ...(cursor === null ? {} : { cursor }),
  };
}

export function useItems(project: string, filter: ItemFilter) {
  return useInfiniteQuery({
    queryKey: ["items", project, filter],
    queryFn: async ({ pageParam }): Promise<ItemPage> => {
      const params = { path: { project }, query: queryOf(filter, pageParam) };
      return (await unwrap(api.GET("/api/projects/{project}/items", { params }))) as ItemPage;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
    refetchInterval: REFRESH_MS,
  });
}

/** The image as browsers can show it, with its size; refused with the reason when nobody can show it. */
export function useItemImage(project: string, item: string, enabled: boolean) {
  return useQuery({
    queryKey: ["image", project, item],
    queryFn: () => unwrap(api.GET("/api/projects/{project}/items/{item}/image", { params: { path: { project, item } } })),
    staleTime: IMAGE_MS,
    retry: false,
    enabled,
  });
}

/** Something done to items, after which they are read again. */
export function useReview(project: string, act: () => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => Promise.all(["items", "item", "dashboard"].map((key) => queries.invalidateQueries({ queryKey: [key, project] }))),
  });
}

export function useItem(project: string, item: string) {
  return useQuery({
    queryKey: ["item", project, item],
    queryFn: async (): Promise<ItemDetail> => {
      const params = { path: { project, item } };
      return (await unwrap(api.GET("/api/projects/{project}/items/{item}", { params }))) as ItemDetail;
    },
  });
}
