import { Link } from "wouter";
import type { Project } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { useInSight } from "../ui/useInSight";
import { roleTitle } from "./roles";
import { useDashboard } from "./queries";
import { StatusChip } from "./StatusChip";
import { number, t } from "../words/words";

function Progress({ project, inSight }: { project: Project; inSight: boolean }) {
  const { data } = useDashboard(project.id, 15_000, inSight && (project.status === "running" || project.status === "paused"));
  if (project.status === "initializing") return <span className="muted number">{t("{found} found so far", { found: number(project.found) })}</span>;
  if (project.status === "failed") return <span className="danger-text small">{project.reason}</span>;
  const total = data?.items.total ?? project.found;
  const done = data?.items.labeled ?? 0;
  const percent = total === 0 ? 0 : (100 * done) / total;
  return (
    <div className="project-progress">
      <div className="meter" role="progressbar" aria-label={t("{name}: labeled", { name: project.name })} aria-valuenow={Math.round(percent)}>
        <span style={{ width: `${percent}%` }} />
      </div>
      <span className="muted small number">{data ? t("{done} of {total}", { done: number(done), total: number(total) }) : "\u00a0"}</span>
    </div>
  );
}

export function ProjectRow({ project }: { project: Project }) {
  const address = `/projects/${project.id}`;
  const [row, inSight] = useInSight<HTMLLIElement>();
  return (
    <li ref={row} className="project-row">
      <div className="grow">
        <Link href={address} className="project-name">
          {project.name}
        </Link>
        <div className="muted small">
          {kindOf(project.kind).title} · {roleTitle(project.role)}
        </div>
      </div>
      <StatusChip status={project.status} />
      <div className="project-state">
        <Progress project={project} inSight={inSight} />
      </div>
      <div className="project-action">
        {project.status === "running" && (
          <Link href={`${address}/label`} className="button" aria-label={t("Label {name}", { name: project.name })}>
            {t("Label¦to do")}
          </Link>
        )}
      </div>
    </li>
  );
}
