import { kindOf } from "../kinds/kinds";
import type { Dashboard, Project } from "../api/types";
import { when } from "../ui/when";
import { n, number, t } from "../words/words";

function refreshText({ last, added, missing, returned, changed }: Dashboard["refresh"], item: string): string {
  if (last === null) return t("No new {item}s yet", { item });
  const found = [
    [added, t("{added} added", { added: n(added, "{n} {item}", "{n} {item}s", { item }) })],
    [missing, t("{missing} gone missing", { missing: number(missing) })],
    [returned, t("{returned} back", { returned: number(returned) })],
    [changed, t("{changed} changed", { changed: number(changed) })],
  ] as const;
  const news = found.filter(([count]) => count > 0).map(([, text]) => text);
  return `${when(last)}, ${news.length === 0 ? t("nothing new") : news.join(", ")}`;
}

/** What could not become items, the first of it by name. */
function LeftOut({ project }: { project: Project }) {
  if (project.left_out === 0) return null;
  return (
    <details className="small refusals">
      <summary className="muted">{t("{left_out} left out", { left_out: n(project.left_out, "{n} file or row", "{n} files or rows") })}</summary>
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
    <section className="card panel-card" aria-label={t("Details")}>
      <h2>{t("Details")}</h2>
      <dl className="details">
        <dt>{t("{Item}s", { item })}</dt>
        <dd>
          <code>
            {project.data.datastore}/{project.data.path}
          </code>
          <LeftOut project={project} />
        </dd>
        <dt>{t("New {item}s", { item })}</dt>
        <dd>{project.refresh.enabled ? t("taken in by themselves") : t("not taken in")}</dd>
        <dt>{t("Last look")}</dt>
        <dd>{refreshText(refresh, item)}</dd>
        {refresh.next !== null && project.refresh.enabled && (
          <>
            <dt>{t("Next look")}</dt>
            <dd>{when(refresh.next)}</dd>
          </>
        )}
        {outputs && (
          <>
            <dt>{t("Outputs")}</dt>
            <dd>
              <code>{project.outputs}</code>
            </dd>
          </>
        )}
        <dt>{t("A page is held")}</dt>
        <dd>{n(project.lease_minutes, "{n} minute", "{n} minutes")}</dd>
        <dt>{t("Created")}</dt>
        <dd>{when(project.created_at)}</dd>
      </dl>
    </section>
  );
}
