import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import type { NewRun } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { isUnderWay } from "./words";

const FOLLOWED_MS = 2000;
const QUIET_MS = 15_000;
const PAGE = 20;

/** The runs of a project, newest first, looked at again and again while one is under way. */
export function useRuns(project: string) {
  return useInfiniteQuery({
    queryKey: ["runs", project],
    queryFn: ({ pageParam: cursor }) => unwrap(api.GET("/api/projects/{project}/runs", { params: { path: { project }, query: { limit: PAGE, ...(cursor === null ? {} : { cursor }) } } })),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(isUnderWay)) === true ? FOLLOWED_MS : QUIET_MS),
  });
}

/** One run with all that is known of it. */
export function useRun(project: string, run: string) {
  return useQuery({
    queryKey: ["run", project, run],
    queryFn: () => unwrap(api.GET("/api/projects/{project}/runs/{run}", { params: { path: { project, run } } })),
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? FOLLOWED_MS : QUIET_MS),
  });
}

/** Asks for a run. */
export function useStartRun(project: string) {
  return useAction(project, (body: NewRun) => unwrap(api.POST("/api/projects/{project}/runs", { params: { path: { project } }, body })));
}

export function useCancelRun(project: string) {
  return useAction(project, (run: string) => unwrap(api.POST("/api/projects/{project}/runs/{run}/cancel", { params: { path: { project, run } } })));
}
