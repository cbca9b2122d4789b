import type { RunDetail } from "../api/types";
import { plural } from "../ui/wording";
import { Curve } from "./Curve";
import { auditText, share, unreachable } from "./words";

type Report = NonNullable<RunDetail["report"]>;

function Chosen({ run, report, threshold, target }: { run: RunDetail; report: Report; threshold: number | null; target: number }) {
  const own = Object.values<number | null>(run.trust?.labels ?? {}).filter((value) => value !== null).length;
  const labels = own === 0 ? "" : ` ${plural(own, "label")} ${own === 1 ? "has a threshold of its" : "have thresholds of their"} own.`;
  if (threshold === null) return <p className="banner">{own > 0 ? `All labels together do not reach the target of ${share(target)} yet.${labels}` : unreachable(report, target)}</p>;
  const raised = run.threshold !== null && threshold > run.threshold ? " It has been raised since the run." : "";
  return (
    <p>
      Suggestions are trusted from <strong className="number">{share(threshold)}</strong> confidence on, so that at least {share(target)} of them are right.{raised}
      {labels}
    </p>
  );
}

/** From which confidence on suggestions are trusted, why, and how that has turned out. */
export function ThresholdCard({ run, report, item }: { run: RunDetail; report: Report; item: string }) {
  const target = run.target ?? 1;
  const threshold = run.trust === null ? run.threshold : (run.trust.threshold ?? null);
  return (
    <section className="card panel-card" aria-label="Threshold">
      <h2>Trust</h2>
      <Chosen run={run} report={report} threshold={threshold} target={target} />
      {report.curve.length > 0 && <Curve curve={report.curve} target={run.target} threshold={threshold} parts={report.grouped ? "marks" : "suggestions"} />}
      <h3>Audit</h3>
      <p className={run.audit === null ? "muted" : undefined}>{run.audit === null ? "Another run’s suggestions are shown now; blind answers are held against those." : auditText(run.audit, target, item)}</p>
    </section>
  );
}
