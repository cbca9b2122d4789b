import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import type { Project } from "../api/types";
import { api } from "../auth/session";

const SOON_MS = 1500;
const NOW_AND_THEN_MS = 15_000;

const changing = (project: Project | undefined) => project?.status === "initializing" || project?.status === "deleting" || project?.relabeling === true;

/** The caller's projects, looked at again and again while something initializes. */
export function useProjects() {
  return useQuery({
    queryKey: ["projects"],
    queryFn: async () => (await unwrap(api.GET("/api/projects"))).items,
    refetchInterval: ({ state }) => (state.data?.some(changing) ? SOON_MS : NOW_AND_THEN_MS),
  });
}

export interface ProjectWithTag {
  project: Project;
  etag: string | null;
}

async function readProject(id: string): Promise<ProjectWithTag> {
  const answer = await api.GET("/api/projects/{project}", { params: { path: { project: id } } });
  return { project: await unwrap(Promise.resolve(answer)), etag: answer.response.headers.get("etag") };
}

/** The header under which a change counts only if `same` still holds. Raises an error that says so. */
export async function onlyIf(id: string, same: (project: Project) => boolean): Promise<{ "if-match"?: string }> {
  const { project, etag } = await readProject(id);
  if (!same(project)) throw new Error("Somebody else has changed this meanwhile. Keep what you have written elsewhere, and begin again.");
  return etag === null ? {} : { "if-match": etag };
}

export function useProject(id: string) {
  return useQuery({
    queryKey: ["project", id],
    queryFn: () => readProject(id),
    refetchInterval: ({ state }) => (changing(state.data?.project) ? SOON_MS : NOW_AND_THEN_MS),
  });
}

const dashboardOf = (id: string) => unwrap(api.GET("/api/projects/{project}/dashboard", { params: { path: { project: id } } }));

/** Items of a project whose dashboard costs little. The server reads all parts of a project for it, so of a larger one it is asked for more seldom. */
export const QUICKLY_COUNTED = 50_000;

export function useDashboard(id: string, everyMs: number, enabled = true) {
  return useQuery({
    queryKey: ["dashboard", id],
    queryFn: () => dashboardOf(id),
    refetchInterval: ({ state }) => everyMs * Math.max(1, (state.data?.items.total ?? 0) / QUICKLY_COUNTED),
    enabled,
  });
}

/** The dashboard as it was asked for after something happened, never an earlier one. */
export function useDashboardSince(id: string, happened: number, everyMs: number, enabled: boolean) {
  const queryKey = ["dashboard", id, "since", happened];
  return useQuery({ queryKey, queryFn: () => dashboardOf(id), refetchInterval: everyMs, enabled, gcTime: 0 });
}
