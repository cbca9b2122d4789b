import { Link } from "wouter";
import { messageOf } from "../api/problem";
import { isAdministrator, usePerson } from "../shell/person";
import { useSlow } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { Shell } from "../shell/Shell";
import { ProjectRow } from "./ProjectRow";
import { useProjects } from "./queries";
import { t } from "../words/words";
import "./projects.css";

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
            <div className="row">
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
        {error !== null && (
          <p className="banner bad" role="alert">
            {messageOf(error)}
          </p>
        )}
        {projects === undefined && error === null && <Loading />}
        {projects?.length === 0 && <NoProjects administrator={administrator} />}
        {projects !== undefined && projects.length > 0 && (
          <ul className="card project-list">
            {projects.map((project) => (
              <ProjectRow key={project.id} project={project} />
            ))}
          </ul>
        )}
      </main>
    </Shell>
  );
}
