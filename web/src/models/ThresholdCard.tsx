import type { RunDetail } from "../api/types";
import { Curve } from "./Curve";
import { auditText, share, unreachable } from "./words";
import { Rich } from "../words/Rich";
import { n, t } from "../words/words";

type Report = NonNullable<RunDetail["report"]>;

function Chosen({ run, report, threshold, target }: { run: RunDetail; report: Report; threshold: number | null; target: number }) {
  const own = Object.values<number | null>(run.trust?.labels ?? {}).filter((value) => value !== null).length;
  const labels = own === 0 ? "" : ` ${n(own, "{n} label has a threshold of its own.", "{n} labels have thresholds of their own.")}`;
  if (threshold === null) return <p className="banner">{own > 0 ? t("All labels together do not reach the target of {target} yet.{labels}", { target: share(target), labels }) : unreachable(report, target)}</p>;
  const raised = run.threshold !== null && threshold > run.threshold ? t(" It has been raised since the run.") : "";
  return (
    <p>
      <Rich text="Suggestions are trusted from {strong} confidence on, so that at least {target} of them are right.{raised}{labels}" strong={<strong className="number">{share(threshold)}</strong>} target={share(target)} raised={raised} labels={labels} />
    </p>
  );
}

/** From which confidence on suggestions are trusted, why, and how that has turned out. */
export function ThresholdCard({ run, report, item }: { run: RunDetail; report: Report; item: string }) {
  const target = run.target ?? 1;
  const threshold = run.trust === null ? run.threshold : (run.trust.threshold ?? null);
  return (
    <section className="card panel-card" aria-label={t("Threshold")}>
      <h2>{t("Trust")}</h2>
      <Chosen run={run} report={report} threshold={threshold} target={target} />
      {report.curve.length > 0 && <Curve curve={report.curve} target={run.target} threshold={threshold} parts={report.grouped ? t("marks") : t("suggestions")} />}
      <h3>{t("Audit")}</h3>
      <p className={run.audit === null ? "muted" : undefined}>{run.audit === null ? t("Another run’s suggestions are shown now; blind answers are held against those.") : auditText(run.audit, target, item)}</p>
    </section>
  );
}
