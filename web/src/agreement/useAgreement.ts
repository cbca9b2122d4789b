import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { unwrap } from "../api/client";
import { Problem } from "../api/problem";
import type { Agreement } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";

const RUNNING_MS = 700;

/** The last report; null if nobody has measured yet. */
export function useAgreement(project: string) {
  return useQuery({
    queryKey: ["agreement", project],
    queryFn: async (): Promise<Agreement | null> => {
      try {
        return await unwrap(api.GET("/api/projects/{project}/agreement", { params: { path: { project } } }));
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
  });
}

/** Asks for a new report, and follows the measuring until it is there. */
export function useMeasure(project: string) {
  const [asked, setAsked] = useState<string | null>(null);
  const queries = useQueryClient();
  const start = useAction(project, () => unwrap(api.POST("/api/projects/{project}/agreement", { params: { path: { project } } })));
  const { data: operation } = useQuery({
    queryKey: ["operation", project, asked],
    queryFn: () => unwrap(api.GET("/api/projects/{project}/operations/{operation}", { params: { path: { project, operation: asked ?? "" } } })),
    refetchInterval: ({ state }) => (state.data?.status === "done" || state.data?.status === "failed" ? false : RUNNING_MS),
    enabled: asked !== null,
  });
  const status = operation?.status;
  useEffect(() => {
    if (status === "done") void queries.invalidateQueries({ queryKey: ["agreement", project] });
  }, [status, queries, project]);
  const running = start.isPending || (asked !== null && status !== "done" && status !== "failed");
  return { begin: () => start.mutate(undefined, { onSuccess: ({ id }) => setAsked(id) }), running, progress: operation?.progress ?? 0, error: start.error ?? (status === "failed" ? new Error(operation?.error ?? "It failed.") : null) };
}
