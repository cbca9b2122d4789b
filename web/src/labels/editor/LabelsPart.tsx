import type { PartProps } from "../../dashboard/ProjectPage";
import { useDashboard } from "../../projects/queries";
import { LabelEditor } from "./LabelEditor";
import { LabelList } from "./LabelList";
import { RelabelProgress, useRelabel } from "./RelabelProgress";
import "./editor.css";

const COUNTS_MS = 5000;

/** The project's labels: to read, and for its owners to change. */
export default function LabelsPart({ found, may }: PartProps) {
  const { project } = found;
  const { data } = useDashboard(project.id, COUNTS_MS);
  const relabel = useRelabel(project);
  const counts = new Map((data?.labels ?? []).map(({ label, count }) => [label, count]));
  if (!may("edit_labels")) return <LabelList project={project} counts={counts} />;
  return (
    <div className="stack">
      {relabel.shown !== null && <RelabelProgress project={project} operation={relabel.shown} onClose={relabel.close} />}
      {data !== undefined && !project.relabeling && <LabelEditor key={project.id} project={project} items={data.items} counts={counts} onStarted={relabel.show} />}
    </div>
  );
}
