import { Link } from "wouter";
import { ConfusionTable } from "../agreement/ConfusionTable";
import type { Project, RunDetail } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { flatten } from "../labels/tree";
import type { May } from "../projects/rights";
import { usePeople } from "../review/people";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { JobLink } from "./JobLink";
import { LabelFigures } from "./LabelFigures";
import { ModelCard } from "./ModelCard";
import { useRun } from "./queries";
import { RunChip } from "./RunTable";
import { ThresholdCard } from "./ThresholdCard";
import { Log, UnderWay } from "./UnderWay";
import { baseText, duration, figureName, isUnderWay, share, splitError, STAGES } from "./words";
import { n, number, t } from "../words/words";
import "../agreement/agreement.css";

function Learned({ run, item }: { run: RunDetail; item: string }) {
  if (run.stage === "train") return <>{t("{labeled}, starting from {base}", { labeled: n(run.labeled, "{n} answer", "{n} answers"), base: baseText(run.base) })}</>;
  if (run.model !== null) return <>{t("the model of run {run}", { run: run.model.run })}</>;
  return <>{t("what {item}s look like", { item })}</>;
}

function Facts({ run, project, item }: { run: RunDetail; project: string; item: string }) {
  const { report } = run;
  const { names } = usePeople(project);
  return (
    <dl className="details">
      <dt>{run.stage === "train" ? t("Learned from") : t("Uses")}</dt>
      <dd>
        <Learned run={run} item={item} />
      </dd>
      {Object.entries(report?.figures ?? {}).map(([name, value]) => (
        <div key={name} className="details-row">
          <dt>{figureName(name)}</dt>
          <dd className="number">{share(value)}</dd>
        </div>
      ))}
      {run.predicted > 0 && (
        <>
          <dt>{t("Predicted")}</dt>
          <dd className="number">
            {t("{predicted}, {trusted} of them trusted", { predicted: n(run.predicted, "{n} {item}", "{n} {item}s", { item }), trusted: number(run.trusted) })}
          </dd>
        </>
      )}
      {report !== null && report.unreadable > 0 && (
        <>
          <dt>{t("Unreadable")}</dt>
          <dd className="number">{n(report.unreadable, "{n} {item}", "{n} {item}s", { item })}</dd>
        </>
      )}
      <dt>{t("Compute")}</dt>
      <dd className="number">
        {duration(run.compute_seconds)}
        <JobLink job={run.job} />
      </dd>
      <dt>{t("Begun by")}</dt>
      <dd>{run.created_by === "" ? t("itself") : (names.get(run.created_by) ?? run.created_by)}</dd>
    </dl>
  );
}

function Head({ run, project }: { run: RunDetail; project: string }) {
  return (
    <div className="row wrap">
      <Link href={`/projects/${project}/models`} className="button quiet">
        <Icon name="back" />
        {t("All runs")}
      </Link>
      <h2>
        {STAGES[run.stage]}, {when(run.created_at)}
      </h2>
      <RunChip run={run} />
    </div>
  );
}

/** Confusion as the table takes it: rows are what people gave, columns what the model said. */
function confusionsOf(confusion: NonNullable<RunDetail["report"]>["confusion"]) {
  const pairs = Object.entries(confusion) as [string, Record<string, number>][];
  return pairs.flatMap(([consensus, found]) => Object.entries(found).map(([given, count]) => ({ consensus, given, count })));
}

function Opened({ project, run, may }: { project: Project; run: RunDetail; may: May }) {
  const { item } = kindOf(project.kind);
  const { report } = run;
  const labels = flatten(project.labels);
  const confusions = confusionsOf(report?.confusion ?? {});
  return (
    <div className="stack models">
      <Head run={run} project={project.id} />
      <div className="models-top">
        <section className="card panel-card" aria-label={t("Run")}>
          <h2>{t("In short")}</h2>
          {isUnderWay(run) && <UnderWay project={project.id} run={run} trains={may("train")} />}
          {run.error !== null && !isUnderWay(run) && <p className="banner bad">{splitError(run.error)[0]}</p>}
          <Facts run={run} project={project.id} item={item} />
          <Log log={run.log || splitError(run.error ?? "")[1]} />
        </section>
        {run.status === "done" && run.stage === "train" && <ModelCard project={project} run={run} may={may} />}
      </div>
      {report !== null && run.stage !== "embed" && run.status === "done" && <ThresholdCard run={run} report={report} item={item} />}
      {report !== null && report.labels.length > 0 && <LabelFigures labels={report.labels} colors={labels} />}
      {confusions.length > 0 && (
        <ConfusionTable confusions={confusions} order={labels.map(({ path }) => path)} says={t("A row is the answer that was given, a column what the model said without having learned from it")} corner={t("Given")} />
      )}
    </div>
  );
}

/** One run with all that is known of it. */
export function RunView({ project, id, may }: { project: Project; id: string; may: May }) {
  const { data, error } = useRun(project.id, id);
  if (data !== undefined) return <Opened project={project} run={data} may={may} />;
  return <Failure of={error} banner />;
}
