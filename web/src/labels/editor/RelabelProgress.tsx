import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { unwrap } from "../../api/client";
import type { Operation, Project } from "../../api/types";
import { api } from "../../auth/session";
import { useAction } from "../../dashboard/useAction";
import { kindOf } from "../../kinds/kinds";
import { Failure } from "../../ui/Failure";
import { Icon } from "../../ui/Icon";
import { n, t } from "../../words/words";

const RUNNING_MS = 700;

const underWay = ({ status }: Operation) => status === "queued" || status === "running";

/** The change of labels to show: the one under way, one that failed, or the one that was begun here. */
export function useRelabel(project: Project) {
  const [begun, setBegun] = useState<string | null>(null);
  const [closed, setClosed] = useState<string | null>(null);
  const { data } = useQuery({
    queryKey: ["operations", project.id],
    queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/operations", { params: { path: { project: project.id } } }))).items,
    refetchInterval: ({ state }) => (project.relabeling || state.data?.some(underWay) ? RUNNING_MS : false),
  });
  const newest = data?.find(({ type }) => type === "relabel") ?? null;
  const told = newest !== null && (underWay(newest) || newest.status === "failed" || newest.id === begun);
  return { shown: told && newest.id !== closed ? newest : null, show: (made: Operation) => setBegun(made.id), close: () => setClosed(newest?.id ?? null) };
}

function Ended({ project, operation, onClose }: { project: Project; operation: Operation; onClose: () => void }) {
  const resume = useAction(project.id, () => unwrap(api.POST("/api/projects/{project}/resume", { params: { path: { project: project.id } } })));
  const { item } = kindOf(project.kind);
  return (
    <>
      <p>
        <strong>{t("The labels are changed.")}</strong> {operation.changed === 0 ? t("No {item} had to follow.", { item }) : t("{changed} followed.", { changed: n(operation.changed, "{n} {item}", "{n} {item}s", { item }) })}
      </p>
      <div className="row">
        {project.status === "paused" && (
          <button type="button" className="primary" disabled={resume.isPending} onClick={() => resume.mutate(undefined, { onSuccess: onClose })}>
            <Icon name="play" />
            {t("Resume the project")}
          </button>
        )}
        <button type="button" className="quiet" onClick={onClose}>
          {t("Close")}
        </button>
      </div>
      <Failure of={resume.error} />
    </>
  );
}

interface RelabelProgressProps {
  project: Project;
  operation: Operation;
  onClose: () => void;
}

/** How far the answers have followed a change of labels. */
export function RelabelProgress({ project, operation, onClose }: RelabelProgressProps) {
  const { item } = kindOf(project.kind);
  const percent = Math.round(100 * operation.progress);
  return (
    <section className="card panel-card" aria-label={t("Change of the labels")}>
      <div role="status" className="stack">
        {operation.status === "failed" && <p className="danger-text">{t("The change stopped: {error}", { error: operation.error ?? t("no reason was given.") })}</p>}
        {operation.status === "done" && <Ended project={project} operation={operation} onClose={onClose} />}
        {underWay(operation) && (
          <p>
            <strong>{t("The answers follow.")}</strong>{" "}{t("{changed} so far. Everything can be read meanwhile, and this page may be closed.", { changed: n(operation.changed, "{n} {item}", "{n} {item}s", { item }) })}
          </p>
        )}
      </div>
      {underWay(operation) && (
        <span className="meter" role="progressbar" aria-label={t("Change of the labels")} aria-valuenow={percent}>
          <span style={{ width: `${percent}%` }} />
        </span>
      )}
    </section>
  );
}
