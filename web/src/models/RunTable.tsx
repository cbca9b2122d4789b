import { Link } from "wouter";
import type { Run } from "../api/types";
import { when } from "../ui/when";
import { plural } from "../ui/wording";
import { duration, figureText, isUnderWay, share, STAGES, statusText, trustedText } from "./words";

export function RunChip({ run }: { run: Run }) {
  const tone = run.status === "done" ? "good" : run.status === "failed" ? "bad" : isUnderWay(run) ? "busy" : "";
  return <span className={`chip number ${tone}`}>{statusText(run)}</span>;
}

const HEADS = ["Learned from", "How good", "Trusted from", "Trusted", "Compute"] as const;

function Row({ project, run }: { project: string; run: Run }) {
  const promised = run.status === "done" && run.stage !== "embed";
  return (
    <tr>
      <td>
        <Link href={`/projects/${project}/models?run=${run.id}`}>{when(run.created_at)}</Link>
      </td>
      <td>{STAGES[run.stage]}</td>
      <td className="number">{run.stage === "train" ? plural(run.labeled, "answer") : "–"}</td>
      <td className="number">{figureText(run)}</td>
      <td className="number">{!promised ? "–" : run.threshold === null ? "not reached" : share(run.threshold)}</td>
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
            <th scope="col">When</th>
            <th scope="col">What</th>
            {HEADS.map((title) => (
              <th key={title} scope="col" className="number">
                {title}
              </th>
            ))}
            <th scope="col">Status</th>
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
