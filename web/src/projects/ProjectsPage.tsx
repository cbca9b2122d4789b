import { useState } from "react";
import { Link } from "wouter";
import type { Project } from "../api/types";
import { isAdministrator, usePerson } from "../shell/person";
import { Failure } from "../ui/Failure";
import { useSlow } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { matches } from "../ui/matches";
import { Shell } from "../shell/Shell";
import { ProjectRow } from "./ProjectRow";
import { useProjects } from "./queries";
import { n, t } from "../words/words";
import "./projects.css";

/** More projects than are looked through by eye. */
const MANY = 12;

function NewProject() {
  return (
    <Link href="/projects/new" className="button primary">
      <Icon name="plus" />
      {t("New project")}
    </Link>
  );
}

function NoProjects({ administrator }: { administrator: boolean }) {
  return (
    <div className="card empty">
      <h2>{t("No projects yet")}</h2>
      <p className="muted">
        {administrator
          ? t("A project takes images or texts from storage, hands them to labelers page by page, and exports what they say. Create the first one.")
          : t("You are not a member of any project. Ask a project's owner to add you; it appears here by itself.")}
      </p>
      {administrator && <NewProject />}
    </div>
  );
}

function Loading() {
  return useSlow(true) ? <div className="skeleton skeleton-block" aria-label={t("Loading")} aria-busy="true" /> : null;
}

/** The newest project first; of many, those that have the words in their names. */
function ProjectList({ projects }: { projects: readonly Project[] }) {
  const [wanted, setWanted] = useState("");
  const shown = projects.filter(({ name }) => matches(name, wanted));
  return (
    <>
      {(projects.length > MANY || wanted !== "") && (
        <input type="search" className="project-search" aria-label={t("Find a project")} placeholder={t("Find a project")} value={wanted} onChange={(event) => setWanted(event.target.value)} />
      )}
      <p className="visually-hidden" role="status">
        {wanted !== "" && n(shown.length, "{n} project", "{n} projects")}
      </p>
      {shown.length === 0 ? (
        <p className="muted">{t("No project is called that.")}</p>
      ) : (
        <ul className="card project-list">
          {shown.map((project) => (
            <ProjectRow key={project.id} project={project} />
          ))}
        </ul>
      )}
    </>
  );
}

export default function ProjectsPage() {
  const { me } = usePerson();
  const { data: projects, error } = useProjects();
  const administrator = isAdministrator(me);
  return (
    <Shell title={t("Projects")}>
      <main className="page">
        <div className="page-head">
          <h1>{t("Projects")}</h1>
          {administrator && (
            <div className="row wrap">
              <Link href="/backups" className="button quiet">
                {t("Backups")}
              </Link>
              <Link href="/cost" className="button quiet">
                {t("Cost")}
              </Link>
              <NewProject />
            </div>
          )}
        </div>
        <Failure of={error} banner />
        {projects === undefined && error === null && <Loading />}
        {projects?.length === 0 && <NoProjects administrator={administrator} />}
        {projects !== undefined && projects.length > 0 && <ProjectList projects={projects} />}
      </main>
    </Shell>
  );
}
