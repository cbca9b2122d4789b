import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { unwrap } from "../api/client";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { t } from "../words/words";

const RUNNING_MS = 700;

/** The report that was made then; nothing is asked for while nobody has measured (null). */
export function useReport(project: string, at: string | null) {
  return useQuery({
    queryKey: ["agreement", project, at],
    queryFn: () => unwrap(api.GET("/api/projects/{project}/agreement", { params: { path: { project } } })),
    enabled: at !== null,
    placeholderData: keepPreviousData,
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
    if (status === "done") void queries.invalidateQueries({ queryKey: ["dashboard", project] });
  }, [status, queries, project]);
  const running = start.isPending || (asked !== null && status !== "done" && status !== "failed");
  return { begin: () => start.mutate(undefined, { onSuccess: ({ id }) => setAsked(id) }), running, progress: operation?.progress ?? 0, error: start.error ?? (status === "failed" ? new Error(operation?.error ?? t("It failed.")) : null) };
}
