import { Link } from "wouter";
import { messageOf } from "../api/problem";
import { kindOf } from "../kinds/kinds";
import { useDashboard, useProject, type ProjectWithTag } from "../projects/queries";
import { useRights } from "../projects/rights";
import { PageSkeleton } from "../ui/PageSkeleton";
import { Shell } from "../shell/Shell";
import { Details } from "./Details";
import { Exports } from "./Exports";
import { Imports } from "./Imports";
import { InstructionsEditor } from "./InstructionsEditor";
import { LabelBars } from "./LabelBars";
import { Labelers } from "./Labelers";
import { Members } from "./Members";
import { NotReady } from "./NotReady";
import { Progress } from "./Progress";
import { ProjectHead } from "./ProjectHead";
import { Throughput } from "./Throughput";
import "./dashboard.css";

const REFRESH_MS = 5000;

function Board({ found }: { found: ProjectWithTag }) {
  const { project } = found;
  const rights = useRights(project);
  const { data, error, dataUpdatedAt } = useDashboard(project.id, REFRESH_MS);
  if (error !== null && data === undefined) return <p className="banner bad">{messageOf(error)}</p>;
  if (data === undefined) return null;
  return (
    <div className="board">
      <div className="board-main">
        <Progress items={data.items} item={kindOf(project.kind).item} />
        <Throughput throughput={data.throughput} now={dataUpdatedAt} />
        <LabelBars project={project} labels={data.labels} />
        <Labelers labelers={data.labelers} everyone={rights.review} item={kindOf(project.kind).item} />
      </div>
      <div className="board-side">
        {rights.manage && <Exports project={project} />}
        {rights.manage && <Imports project={project} />}
        {rights.review && <Members project={project.id} manage={rights.manage} />}
        <InstructionsEditor found={found} manage={rights.manage} />
        <Details project={project} refresh={data.refresh} manage={rights.manage} />
      </div>
    </div>
  );
}

function Found({ found }: { found: ProjectWithTag }) {
  const { project } = found;
  const rights = useRights(project);
  const open = project.status === "running" || project.status === "paused";
  return (
    <>
      <ProjectHead project={project} rights={rights} />
      {project.status === "paused" && <p className="banner paused">The project is paused: nobody is handed anything to label until it is resumed.</p>}
      {open ? <Board found={found} /> : <NotReady project={project} manage={rights.manage} />}
    </>
  );
}

export default function ProjectPage({ id }: { id: string }) {
  const { data, error } = useProject(id);
  if (data === undefined && error === null) return <PageSkeleton />;
  return (
    <Shell title={data?.project.name ?? "Project"}>
      <main className="page">
        <nav className="crumbs" aria-label="Breadcrumb">
          <Link href="/">Projects</Link>
        </nav>
        {data === undefined ? <p className="banner bad">{messageOf(error)}</p> : <Found found={data} />}
      </main>
    </Shell>
  );
}
