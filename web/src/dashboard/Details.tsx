import { kindOf } from "../kinds/kinds";
import type { Dashboard, Project } from "../api/types";
import { capital, plural } from "../ui/wording";
import { when } from "../ui/when";

function refreshText({ last, added, missing, returned, changed }: Dashboard["refresh"], item: string): string {
  if (last === null) return `No new ${item}s yet`;
  const found = [
    [added, `${plural(added, item)} added`],
    [missing, `${missing.toLocaleString("en")} gone missing`],
    [returned, `${returned.toLocaleString("en")} back`],
    [changed, `${changed.toLocaleString("en")} changed`],
  ] as const;
  const news = found.filter(([count]) => count > 0).map(([, text]) => text);
  return `${when(last)}, ${news.length === 0 ? "nothing new" : news.join(", ")}`;
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

export function Details({ project, refresh, outputs }: { project: Project; refresh: Dashboard["refresh"]; outputs: boolean }) {
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
        <dd>{project.refresh.enabled ? "taken in by themselves" : "not taken in"}</dd>
        <dt>Last look</dt>
        <dd>{refreshText(refresh, item)}</dd>
        {refresh.next !== null && project.refresh.enabled && (
          <>
            <dt>Next look</dt>
            <dd>{when(refresh.next)}</dd>
          </>
        )}
        {outputs && (
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
    </section>
  );
}
