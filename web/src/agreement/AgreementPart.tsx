import type { Agreement } from "../api/types";
import type { PartProps } from "../dashboard/ProjectPage";
import { count } from "../dashboard/format";
import { kindOf } from "../kinds/kinds";
import { flatten } from "../labels/tree";
import { useDashboard } from "../projects/queries";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { ConfusionTable } from "./ConfusionTable";
import { LabelTable } from "./LabelTable";
import { LabelerTable } from "./LabelerTable";
import { alphaSays } from "./matrix";
import { useMeasure, useReport } from "./useAgreement";
import { n, t } from "../words/words";
import "./agreement.css";

const FIGURES_MS = 15_000;

function Overall({ report, item }: { report: Agreement; item: string }) {
  const { mean, alpha } = report;
  return (
    <div className="overall">
      <div>
        <span className="figure number">{mean === null ? "–" : mean.toFixed(2)}</span>
        <strong>{t("Mean agreement")}</strong>
        <p className="small muted">{t("How alike the answers to one {item} are, from 0 to 1, over {items} of two votes and more. Some of it is chance: with two labels, guessing alone gives a half.", { item, items: n(report.items, "{n} {item}", "{n} {item}s", { item }) })}</p>
      </div>
      <div>
        <span className="figure number">{alpha === null ? "–" : alpha.toFixed(3)}</span>
        <strong>{t("Krippendorff’s alpha")}</strong>
        <p className="small muted">{t("Agreement without what chance gives: 1 is perfect, 0 what guessing would do. {alpha}", { alpha: alphaSays(alpha) })}</p>
      </div>
    </div>
  );
}

function Measure({ measure, first }: { measure: ReturnType<typeof useMeasure>; first: boolean }) {
  const percent = Math.round(100 * measure.progress);
  return (
    <div className="row wrap">
      {measure.running && (
        <span className="export-meter meter" role="progressbar" aria-label={t("Measuring")} aria-valuenow={percent}>
          <span style={{ width: `${percent}%` }} />
        </span>
      )}
      <button type="button" className={first ? "primary" : ""} disabled={measure.running} onClick={measure.begin}>
        <Icon name="refresh" />
        {measure.running ? t("Measuring …") : first ? t("Measure it") : t("Measure again")}
      </button>
      <Failure of={measure.error} />
    </div>
  );
}

/** How far the labelers agree, on what they do not, and who stands out. */
export default function AgreementPart({ found: { project }, may }: PartProps) {
  const { data: figures } = useDashboard(project.id, FIGURES_MS);
  const measured = figures?.agreement ?? null;
  const { data: found, error } = useReport(project.id, measured?.at ?? null);
  const measure = useMeasure(project.id);
  const { item } = kindOf(project.kind);
  if (error !== null) return <Failure of={error} banner />;
  if (figures === undefined || (measured !== null && found === undefined)) return null;
  const report = found ?? null;
  const several = project.quality.consensus ?? false;
  return (
    <div className="stack agreement">
      <section className="card panel-card" aria-label={t("Agreement")}>
        <div className="row apart wrap">
          <div>
            <h2>{t("Agreement")}</h2>
            <p className="small muted">{report === null ? t("Nobody has measured it yet.") : t("Measured {at}, over {votes} votes.", { at: when(report.at), votes: count(report.votes) })}</p>
          </div>
          {may("measure_agreement") && <Measure measure={measure} first={report === null} />}
        </div>
        {!several && <p className="banner">{t("Each {item} of this project has one labeler, so there is hardly anything to compare. Consensus is chosen when a project is created.", { item })}</p>}
        {report !== null && <Overall report={report} item={item} />}
      </section>
      {report !== null && report.labels.length > 0 && (
        <>
          <LabelTable labels={report.labels} colors={flatten(project.labels)} />
          <ConfusionTable confusions={report.confusion} order={flatten(project.labels).map(({ path }) => path)} />
        </>
      )}
      {report !== null && report.labelers.length > 0 && <LabelerTable labelers={report.labelers} figures={figures.labelers} item={item} />}
    </div>
  );
}
