import { Link } from "wouter";
import { messageOf } from "../api/problem";
import type { Project } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { useProject } from "../projects/queries";
import { useTitle } from "../ui/hooks";
import { PageSkeleton } from "../ui/PageSkeleton";
import { DeadEnd } from "../shell/DeadEnd";
import { Shell } from "../shell/Shell";
import { Labeling } from "./Labeling";
import { number, t } from "../words/words";
import "./label.css";
import "./contrast.css";
import "./touch.css";
import "./narrow.css";

function NotYet({ project }: { project: Project }) {
  return (
    <Shell title={project.name}>
      <main className="page narrow stack">
        <h1>{project.name}</h1>
        {project.status === "initializing" ? (
          <p>{t("The project is looking for its {item}s: {found} found so far. Labeling starts here by itself.", { item: kindOf(project.kind).item, found: number(project.found) })}</p>
        ) : (
          <p>{project.reason ?? t("The project is {status}, so there is nothing to label.", { status: project.status })}</p>
        )}
        <p>
          <Link className="button" href={`/projects/${project.id}`}>
            {t("Open the project")}
          </Link>
        </p>
      </main>
    </Shell>
  );
}

function Refused({ error }: { error: unknown }) {
  return (
    <DeadEnd title={t("Label")} heading={t("This project cannot be opened")}>
      <p role="alert">{messageOf(error)}</p>
    </DeadEnd>
  );
}

export default function LabelPage({ id }: { id: string }) {
  const { data, error } = useProject(id);
  useTitle(data?.project.name ?? t("Label"));
  if (data === undefined) return error === null ? <PageSkeleton /> : <Refused error={error} />;
  const { project } = data;
  const closed = project.status === "initializing" || project.status === "failed" || project.status === "deleting";
  return closed ? <NotYet project={project} /> : <Labeling project={project} />;
}
