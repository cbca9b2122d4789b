import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { useProject, type ProjectWithTag } from "../projects/queries";
import { useMay, type May } from "../projects/rights";
import { Shell } from "../shell/Shell";
import { Failure } from "../ui/Failure";
import { PageSkeleton } from "../ui/PageSkeleton";
import { Board } from "./Board";
import { NotReady } from "./NotReady";
import { ProjectHead } from "./ProjectHead";
import { ProjectTabs } from "./ProjectTabs";
import { TABS } from "./tabs";
import { t } from "../words/words";
import "./dashboard.css";

/** What each part of the page is given. */
export interface PartProps {
  found: ProjectWithTag;
  may: May;
}

const PARTS = {
  "": Board,
  team: lazy(() => import("../team/TeamPart")),
  labels: lazy(() => import("../labels/editor/LabelsPart")),
  agreement: lazy(() => import("../agreement/AgreementPart")),
  models: lazy(() => import("../models/ModelsPart")),
  log: lazy(() => import("../log/LogPart")),
  settings: lazy(() => import("../settings/SettingsPart")),
} as const;

type PartId = keyof typeof PARTS;

function partOf(name: string): PartId | null {
  return Object.hasOwn(PARTS, name) ? (name as PartId) : null;
}

function Open({ found, may, name }: PartProps & { name: string }) {
  const id = partOf(name);
  const tab = TABS.find((one) => one.id === id);
  const allowed = tab !== undefined && may(tab.needs);
  const Part = id === null ? null : PARTS[id];
  return (
    <>
      <ProjectTabs project={found.project} current={id ?? ""} />
      {Part !== null && allowed ? (
        <Suspense fallback={null}>
          <Part found={found} may={may} />
        </Suspense>
      ) : (
        <p className="banner">{t("There is nothing here for you. What you may see of the project is on its dashboard.")}</p>
      )}
    </>
  );
}

function Found({ found, name }: { found: ProjectWithTag; name: string }) {
  const { project } = found;
  const may = useMay(project);
  const open = project.status === "running" || project.status === "paused";
  return (
    <>
      <ProjectHead project={project} may={may} />
      {project.status === "paused" && <p className="banner paused">{t("The project is paused: nobody is handed anything to label until it is resumed.")}</p>}
      {open ? <Open found={found} may={may} name={name} /> : <NotReady project={project} manage={may("refresh_project")} />}
    </>
  );
}

export default function ProjectPage({ id, part }: { id: string; part: string }) {
  const { data, error } = useProject(id);
  if (data === undefined && error === null) return <PageSkeleton />;
  return (
    <Shell title={data?.project.name ?? t("Project")}>
      <main className="page">
        <nav className="crumbs" aria-label={t("Breadcrumb")}>
          <Link href="/">{t("Projects")}</Link>
        </nav>
        {data === undefined ? <Failure of={error} banner /> : <Found found={data} name={part} />}
      </main>
    </Shell>
  );
}
