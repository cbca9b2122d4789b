import { Link } from "wouter";
import type { Run } from "../api/types";
import { when } from "../ui/when";
import { duration, figureText, isUnderWay, share, STAGES, statusText, trustedText } from "./words";
import { n, t } from "../words/words";

export function RunChip({ run }: { run: Run }) {
  const tone = run.status === "done" ? "good" : run.status === "failed" ? "bad" : isUnderWay(run) ? "busy" : "";
  return <span className={`chip number ${tone}`}>{statusText(run)}</span>;
}

const HEADS = [t("Learned from"), t("How good"), t("Trusted from"), t("Trusted"), t("Compute")] as const;

function Row({ project, run }: { project: string; run: Run }) {
  const promised = run.status === "done" && run.stage !== "embed";
  return (
    <tr>
      <td>
        <Link href={`/projects/${project}/models?run=${run.id}`}>{when(run.created_at)}</Link>
      </td>
      <td>{STAGES[run.stage]}</td>
      <td className="number">{run.stage === "train" ? n(run.labeled, "{n} answer", "{n} answers") : "–"}</td>
      <td className="number">{figureText(run)}</td>
      <td className="number">{!promised ? "–" : run.threshold === null ? t("not reached") : share(run.threshold)}</td>
      <td className="number">{trustedText(run)}</td>
      <td className="number">{duration(run.compute_seconds)}</td>
      <td>
        <RunChip run={run} />
      </td>
    </tr>
  );
}

/** All runs, newest first. */
export function RunTable({ project, runs }: { project: string; runs: readonly Run[] }) {
  return (
    <div className="table-scroll">
      <table className="runs">
        <thead>
          <tr>
            <th scope="col">{t("When")}</th>
            <th scope="col">{t("What")}</th>
            {HEADS.map((title) => (
              <th key={title} scope="col" className="number">
                {title}
              </th>
            ))}
            <th scope="col">{t("Status")}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.id} project={project} run={run} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
