import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Dashboard, Project } from "../api/types";
import { api } from "../auth/session";
import { count } from "../dashboard/format";
import { useAction } from "../dashboard/useAction";
import { kindOf } from "../kinds/kinds";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { t } from "../words/words";

function Switch({ project, item }: { project: Project; item: string }) {
  const change = useAction(project.id, (enabled: boolean) => {
    const params = { path: { project: project.id } };
    return unwrap(api.PATCH("/api/projects/{project}", { params, body: { refresh: { enabled } } }));
  });
  return (
    <>
      <label className="row">
        <input type="checkbox" checked={project.refresh.enabled} disabled={change.isPending} onChange={(event) => change.mutate(event.target.checked)} />
        {t("Take in new {item}s by themselves", { item })}
      </label>
      <Failure of={change.error} />
    </>
  );
}

function Now({ project, item }: { project: Project; item: string }) {
  const refresh = useAction(project.id, () => unwrap(api.POST("/api/projects/{project}/refresh", { params: { path: { project: project.id } } })));
  return (
    <div className="row wrap">
      <button type="button" disabled={refresh.isPending || project.status !== "running"} onClick={() => refresh.mutate(undefined)}>
        <Icon name="refresh" />
        {t("Look for new {item}s now", { item })}
      </button>
      <span className="small muted" role="status">
        {refresh.isSuccess && t("Asked for; what is found appears here within seconds.")}
        {refresh.isError && messageOf(refresh.error)}
      </span>
    </div>
  );
}

/** Whether the project follows its data, and what the last look found. */
export function RefreshCard({ project, refresh }: { project: Project; refresh: Dashboard["refresh"] }) {
  const { item } = kindOf(project.kind);
  const { last, next, added, missing, returned, changed } = refresh;
  const found = [
    [t("New"), added],
    [t("Gone missing"), missing],
    [t("Back again"), returned],
    [t("Changed"), changed],
  ] as const;
  return (
    <section className="card panel-card" aria-label={t("New data")}>
      <h2>{t("New data")}</h2>
      <Switch project={project} item={item} />
      <dl className="details">
        <dt>{t("Last look")}</dt>
        <dd>{last === null ? t("not yet") : when(last)}</dd>
        {last !== null &&
          found.map(([title, figure]) => (
            <div key={title} className="details-row">
              <dt>{title}</dt>
              <dd className="number">{count(figure)}</dd>
            </div>
          ))}
        {next !== null && project.refresh.enabled && (
          <>
            <dt>{t("Next look")}</dt>
            <dd>{when(next)}</dd>
          </>
        )}
      </dl>
      <Now project={project} item={item} />
    </section>
  );
}
