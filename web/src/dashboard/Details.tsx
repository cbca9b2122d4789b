import { kindOf } from "../kinds/kinds";
import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Dashboard, Project } from "../api/types";
import { api } from "../auth/session";
import { capital, plural } from "../ui/wording";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { useAction } from "./useAction";

function refreshText({ last, added }: Dashboard["refresh"], item: string): string {
  if (last === null) return `No new ${item}s yet`;
  return `${when(last)}, ${added === 0 ? "nothing new" : `${plural(added, item)} added`}`;
}

/** What could not become items, the first of it by name. */
function LeftOut({ project }: { project: Project }) {
  if (project.left_out === 0) return null;
  return (
    <details className="small refusals">
      <summary className="muted">{plural(project.left_out, "file or row", "files or rows")} left out</summary>
      <ul>
        {project.refusals.map(({ where, why }) => (
          <li key={where}>
            <code>{where}</code> {why}
          </li>
        ))}
      </ul>
    </details>
  );
}

function RefreshNow({ project }: { project: Project }) {
  const { item } = kindOf(project.kind);
  const refresh = useAction(project.id, () => unwrap(api.POST("/api/projects/{project}/refresh", { params: { path: { project: project.id } } })));
  return (
    <div className="row wrap">
      <button type="button" disabled={refresh.isPending || project.status !== "running"} onClick={() => refresh.mutate(undefined)}>
        <Icon name="refresh" />
        Look for new {item}s now
      </button>
      <span className="small muted" role="status">
        {refresh.isSuccess && `Asked for; new ${item}s appear here within seconds.`}
        {refresh.isError && messageOf(refresh.error)}
      </span>
    </div>
  );
}

function RefreshSwitch({ project }: { project: Project }) {
  const change = useAction(project.id, (enabled: boolean) => {
    const params = { path: { project: project.id } };
    return unwrap(api.PATCH("/api/projects/{project}", { params, body: { refresh: { enabled } } }));
  });
  return (
    <label className="row">
      <input type="checkbox" checked={project.refresh.enabled} disabled={change.isPending} onChange={(event) => change.mutate(event.target.checked)} />
      taken in by themselves
    </label>
  );
}

export function Details({ project, refresh, manage }: { project: Project; refresh: Dashboard["refresh"]; manage: boolean }) {
  const { item } = kindOf(project.kind);
  return (
    <section className="card panel-card" aria-label="Details">
      <h2>Details</h2>
      <dl className="details">
        <dt>{capital(item)}s</dt>
        <dd>
          <code>
            {project.data.datastore}/{project.data.path}
          </code>
          <LeftOut project={project} />
        </dd>
        <dt>New {item}s</dt>
        <dd>{manage ? <RefreshSwitch project={project} /> : project.refresh.enabled ? "taken in by themselves" : "not taken in"}</dd>
        <dt>Last look</dt>
        <dd>{refreshText(refresh, item)}</dd>
        {manage && (
          <>
            <dt>Outputs</dt>
            <dd>
              <code>{project.outputs}</code>
            </dd>
          </>
        )}
        <dt>A page is held</dt>
        <dd>{plural(project.lease_minutes, "minute")}</dd>
        <dt>Created</dt>
        <dd>{when(project.created_at)}</dd>
      </dl>
      {manage && <RefreshNow project={project} />}
    </section>
  );
}
