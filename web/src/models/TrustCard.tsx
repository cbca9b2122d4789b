import { Link } from "wouter";
import type { Project } from "../api/types";
import { count } from "../dashboard/format";
import { kindOf } from "../kinds/kinds";
import { useDashboard } from "../projects/queries";
import { plural } from "../ui/wording";
import { auditText, share } from "./words";

const FIGURES_MS = 5000;

function fromText(threshold: number | null, trusted: number): string {
  if (threshold !== null) return `from ${share(threshold)} confidence on`;
  return trusted > 0 ? "single labels only" : "nothing yet: no confidence reaches the target";
}

/** What is trusted now, and how that has turned out. */
export function TrustCard({ project }: { project: Project }) {
  const { data } = useDashboard(project.id, FIGURES_MS);
  if (data === undefined) return null;
  const { threshold, target, trusted, audit, accepted, runs } = data.assist;
  const { item } = kindOf(project.kind);
  const learned = threshold !== null || trusted > 0 || runs.some(({ stage, status }) => stage !== "embed" && status === "done");
  return (
    <section className="card panel-card" aria-label="Trust">
      <h2>Trust</h2>
      {audit === null || !learned ? (
        <p className="muted">Once a model has learned, it says here how far its suggestions can be trusted.</p>
      ) : (
        <>
          <dl className="details">
            <dt>Target</dt>
            <dd className="number">{share(target)} right</dd>
            <dt>Trusted</dt>
            <dd className="number">{fromText(threshold, trusted)}</dd>
            <dt>Waiting</dt>
            <dd className="number">
              {count(trusted)} trusted {trusted === 1 ? item : `${item}s`}
            </dd>
            {accepted > 0 && (
              <>
                <dt>Accepted</dt>
                <dd>
                  <Link href={`/projects/${project.id}/items?source=model`}>{plural(accepted, item)} without a person</Link>
                </dd>
              </>
            )}
          </dl>
          <p className="small muted">{auditText(audit, target, item)}</p>
        </>
      )}
      {learned && (
        <p>
          <Link href={`/projects/${project.id}/doubts`} className="button">
            Look at doubtful answers
          </Link>
        </p>
      )}
    </section>
  );
}
