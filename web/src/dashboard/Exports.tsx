import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Export } from "../api/types";
import { api } from "../auth/session";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { ExportForm } from "./ExportForm";
import { count } from "./format";

const RUNNING_MS = 700;
const QUIET_MS = 15_000;
const SHOWN = 6;

const unfinished = (found: Export) => found.status === "queued" || found.status === "running";

function useExports(project: string) {
  return useQuery({
    queryKey: ["exports", project],
    queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/exports", { params: { path: { project } } }))).items,
    refetchInterval: ({ state }) => (state.data?.some(unfinished) ? RUNNING_MS : QUIET_MS),
  });
}

function State({ found }: { found: Export }) {
  if (found.status === "failed") return <span className="danger-text small">{found.error ?? "It failed."}</span>;
  if (unfinished(found)) {
    return (
      <span className="export-meter">
        <span className="meter" role="progressbar" aria-label="Export" aria-valuenow={Math.round(100 * found.progress)}>
          <span style={{ width: `${100 * found.progress}%` }} />
        </span>
      </span>
    );
  }
  return (
    <a className="button" href={found.url ?? undefined} download>
      <Icon name="download" />
      Download
    </a>
  );
}

function Refusals({ found }: { found: Export }) {
  if (found.refused === 0) return null;
  return (
    <details className="small">
      <summary className="danger-text">{count(found.refused)} refused</summary>
      <ul>
        {found.refusals.map(({ where, why }) => (
          <li key={where}>
            <code>{where}</code> {why}
          </li>
        ))}
      </ul>
    </details>
  );
}

function ExportRow({ found }: { found: Export }) {
  return (
    <li className="export-row">
      <div className="grow">
        <div className="number">
          <strong>{found.format.toUpperCase()}</strong>, {count(found.written)} of {count(found.read)} written
        </div>
        <div className="muted small">{when(found.created_at)}</div>
        <Refusals found={found} />
      </div>
      <State found={found} />
    </li>
  );
}

export function Exports({ project }: { project: string }) {
  const { data, error } = useExports(project);
  return (
    <section className="card panel-card" aria-label="Export">
      <h2>Export</h2>
      <ExportForm project={project} />
      {error !== null && <p className="danger-text small">{messageOf(error)}</p>}
      <ul className="plain-list">
        {(data ?? []).slice(0, SHOWN).map((found) => (
          <ExportRow key={found.id} found={found} />
        ))}
      </ul>
    </section>
  );
}
