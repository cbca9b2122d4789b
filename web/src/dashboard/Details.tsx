import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Dashboard, Project } from "../api/types";
import { api } from "../auth/session";
import { plural } from "../ui/wording";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { useAction } from "./useAction";

function refreshText({ last, added }: Dashboard["refresh"]): string {
  if (last === null) return "No new images yet";
  return `${when(last)}, ${added === 0 ? "nothing new" : `${plural(added, "image")} added`}`;
}

function RefreshNow({ project }: { project: Project }) {
  const refresh = useAction(project.id, () => unwrap(api.POST("/api/projects/{project}/refresh", { params: { path: { project: project.id } } })));
  return (
    <div className="row wrap">
      <button type="button" disabled={refresh.isPending || project.status !== "running"} onClick={() => refresh.mutate(undefined)}>
        <Icon name="refresh" />
        Look for new images now
      </button>
      <span className="small muted" role="status">
        {refresh.isSuccess && "Asked for; new images appear here within seconds."}
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
  return (
    <section className="card panel-card" aria-label="Details">
      <h2>Details</h2>
      <dl className="details">
        <dt>Images</dt>
        <dd>
          <code>
            {project.data.datastore}/{project.data.path}
          </code>
          {project.left_out > 0 && <span className="muted small"> {plural(project.left_out, "file")} left out</span>}
        </dd>
        <dt>New images</dt>
        <dd>{manage ? <RefreshSwitch project={project} /> : project.refresh.enabled ? "taken in by themselves" : "not taken in"}</dd>
        <dt>Last look</dt>
        <dd>{refreshText(refresh)}</dd>
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
