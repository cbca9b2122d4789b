import { kindOf } from "../kinds/kinds";
import { useDashboard } from "../projects/queries";
import { QualityCard } from "../quality/QualityCard";
import { Failure } from "../ui/Failure";
import { AgreementLine } from "./AgreementLine";
import { AssistCard } from "./AssistCard";
import { Details } from "./Details";
import { Exports } from "./Exports";
import { Imports } from "./Imports";
import { InstructionsCard } from "./InstructionsCard";
import { LabelBars } from "./LabelBars";
import { Labelers } from "./Labelers";
import type { PartProps } from "./ProjectPage";
import { Progress } from "./Progress";
import { Throughput } from "./Throughput";

const REFRESH_MS = 5000;

/** How far the project is, and what goes in and out. */
export function Board({ found, may }: PartProps) {
  const { project } = found;
  const { data, error, dataUpdatedAt } = useDashboard(project.id, REFRESH_MS);
  if (error !== null && data === undefined) return <Failure of={error} banner />;
  if (data === undefined) return null;
  const { item } = kindOf(project.kind);
  return (
    <div className="board">
      <div className="board-main">
        <Progress items={data.items} queue={data.queue} item={item} />
        <Throughput throughput={data.throughput} now={dataUpdatedAt} />
        <AssistCard project={project} assist={data.assist} may={may} />
        <LabelBars project={project} labels={data.labels} />
        <Labelers labelers={data.labelers} everyone={may("read_labelers")} item={item}>
          {data.agreement !== null && may("read_agreement") && <AgreementLine project={project.id} agreement={data.agreement} />}
        </Labelers>
      </div>
      <div className="board-side">
        {may("export") && <Exports project={project} />}
        {may("import") && <Imports project={project} />}
        <InstructionsCard project={project} />
        {may("read_items") && <QualityCard project={project} />}
        <Details project={project} refresh={data.refresh} outputs={may("export")} />
      </div>
    </div>
  );
}
