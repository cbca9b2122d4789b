import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import { api } from "../auth/session";

const AGAIN_MS = 60_000;

/** What the project cost in a month, in UTC. */
export function useCost(project: string, month: string) {
  return useQuery({
    queryKey: ["cost", project, month],
    queryFn: () => unwrap(api.GET("/api/projects/{project}/cost", { params: { path: { project }, query: { month } } })),
    refetchInterval: AGAIN_MS,
  });
}

/** What everything cost in a month, in UTC. */
export function useCosts(month: string) {
  return useQuery({
    queryKey: ["costs", month],
    queryFn: () => unwrap(api.GET("/api/cost", { params: { query: { month } } })),
    refetchInterval: AGAIN_MS,
  });
}
