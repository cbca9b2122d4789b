import { Link, useSearch } from "wouter";
import type { Project, Run } from "../api/types";
import type { PartProps } from "../dashboard/ProjectPage";
import { useDashboard } from "../projects/queries";
import type { May } from "../projects/rights";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { NextRun } from "./NextRun";
import { useRuns, useStartRun } from "./queries";
import { RunTable } from "./RunTable";
import { RunView } from "./RunView";
import { TrustCard } from "./TrustCard";
import { LastFailed, UnderWay } from "./UnderWay";
import { isUnderWay } from "./words";
import { t } from "../words/words";
import "./models.css";

const FIGURES_MS = 5000;

function TrainNow({ project, again }: { project: string; again: boolean }) {
  const start = useStartRun(project);
  return (
    <>
      <button type="button" disabled={start.isPending} onClick={() => start.mutate({ stage: "train", model: null, base: null })}>
        <Icon name={again ? "refresh" : "play"} />
        {again ? t("Train again") : t("Train now")}
      </button>
      <Failure of={start.error} />
    </>
  );
}

function Now({ project, may, last }: { project: Project; may: May; last: Run | undefined }) {
  const { data } = useDashboard(project.id, FIGURES_MS);
  const running = last !== undefined && isUnderWay(last) ? last : null;
  return (
    <section className="card panel-card" aria-label={t("Next run")}>
      <div className="row apart">
        <h2>{running === null ? t("Next run") : t("A run is under way")}</h2>
        {may("edit_project") && (
          <Link href={`/projects/${project.id}/settings`} className="small">
            {t("Settings")}
          </Link>
        )}
      </div>
      {data !== undefined && running === null && <NextRun project={project} assist={data.assist} edits={may("edit_project")} />}
      {running !== null && <UnderWay project={project.id} run={running} trains={may("train")} />}
      {last?.status === "failed" && <LastFailed project={project.id} run={last} />}
      {running === null && may("train") && (
        <div className="row wrap">
          <TrainNow project={project.id} again={last?.status === "failed"} />
        </div>
      )}
    </section>
  );
}

function Runs({ found: { project }, may }: PartProps) {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useRuns(project.id);
  if (error !== null && data === undefined) return <Failure of={error} banner />;
  if (data === undefined) return null;
  const runs = data.pages.flatMap(({ items }) => items);
  return (
    <div className="stack models">
      <div className="models-top">
        <Now project={project} may={may} last={runs[0]} />
        <TrustCard project={project} />
      </div>
      <section className="card panel-card" aria-label={t("Runs")}>
        <h2>{t("Runs")}</h2>
        {runs.length === 0 ? <p className="muted">{t("There has been none yet.")}</p> : <RunTable project={project.id} runs={runs} />}
        {hasNextPage && (
          <button type="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("Show earlier")}
          </button>
        )}
      </section>
    </div>
  );
}

/** The models that learn from the project's answers: the next one, the last ones, and each in full. */
export default function ModelsPart({ found, may }: PartProps) {
  const run = new URLSearchParams(useSearch()).get("run");
  return run === null ? <Runs found={found} may={may} /> : <RunView project={found.project} id={run} may={may} />;
}
