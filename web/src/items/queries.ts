import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
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

export function useItem(project: string, item: string) {
  return useQuery({
    queryKey: ["item", project, item],
    queryFn: async (): Promise<ItemDetail> => {
      const params = { path: { project, item } };
      return (await unwrap(api.GET("/api/projects/{project}/items/{item}", { params }))) as ItemDetail;
    },
  });
}
