import { Link } from "wouter";
import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { kindOf } from "../kinds/kinds";
import { StatusChip } from "../projects/StatusChip";
import type { May } from "../projects/rights";
import { ownTitle } from "../projects/roles";
import { Icon } from "../ui/Icon";
import { DeleteProject } from "./DeleteProject";
import { useAction } from "./useAction";
import { t } from "../words/words";

function PauseButton({ project }: { project: Project }) {
  const running = project.status === "running";
  const toggle = useAction(project.id, () => {
    const params = { path: { project: project.id } };
    return unwrap(running ? api.POST("/api/projects/{project}/pause", { params }) : api.POST("/api/projects/{project}/resume", { params }));
  });
  return (
    <button type="button" disabled={toggle.isPending} title={toggle.isError ? messageOf(toggle.error) : undefined} onClick={() => toggle.mutate(undefined)}>
      <Icon name={running ? "pause" : "play"} />
      {running ? t("Pause") : t("Resume")}
    </button>
  );
}

export function ProjectHead({ project, may }: { project: Project; may: May }) {
  const address = `/projects/${project.id}`;
  const open = project.status === "running" || project.status === "paused";
  return (
    <div className="page-head">
      <div>
        <div className="row">
          <h1>{project.name}</h1>
          <StatusChip status={project.status} />
        </div>
        <p className="muted">
          {t("{title} · you are {role}", { title: kindOf(project.kind).title, role: ownTitle(project.role) })}
        </p>
      </div>
      <div className="row wrap">
        {may("delete_project") && <DeleteProject project={project} />}
        {may("pause_project") && open && <PauseButton project={project} />}
        {may("label") && project.status === "running" && (
          <Link href={`${address}/label`} className="button primary">
            {t("Label¦to do")}
          </Link>
        )}
      </div>
    </div>
  );
}
