import { Link } from "wouter";
import type { Project } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { useDashboard } from "../projects/queries";
import { auditText, share } from "./words";
import { n, t } from "../words/words";

const FIGURES_MS = 5000;

function fromText(threshold: number | null, trusted: number): string {
  if (threshold !== null) return t("from {threshold} confidence on", { threshold: share(threshold) });
  return trusted > 0 ? t("single labels only") : t("nothing yet: no confidence reaches the target");
}

/** What is trusted now, and how that has turned out. */
export function TrustCard({ project }: { project: Project }) {
  const { data } = useDashboard(project.id, FIGURES_MS);
  if (data === undefined) return null;
  const { threshold, target, trusted, audit, accepted, runs } = data.assist;
  const { item } = kindOf(project.kind);
  const learned = threshold !== null || trusted > 0 || runs.some(({ stage, status }) => stage !== "embed" && status === "done");
  return (
    <section className="card panel-card" aria-label={t("Trust")}>
      <h2>{t("Trust")}</h2>
      {audit === null || !learned ? (
        <p className="muted">{t("Once a model has learned, it says here how far its suggestions can be trusted.")}</p>
      ) : (
        <>
          <dl className="details">
            <dt>{t("Target")}</dt>
            <dd className="number">{t("{target} right", { target: share(target) })}</dd>
            <dt>{t("Trusted")}</dt>
            <dd className="number">{fromText(threshold, trusted)}</dd>
            <dt>{t("Waiting")}</dt>
            <dd className="number">
              {n(trusted, "{n} trusted {item}", "{n} trusted {item}s", { item })}
            </dd>
            {accepted > 0 && (
              <>
                <dt>{t("Accepted")}</dt>
                <dd>
                  <Link href={`/projects/${project.id}/items?source=model`}>{t("{accepted} without a person", { accepted: n(accepted, "{n} {item}", "{n} {item}s", { item }) })}</Link>
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
            {t("Look at doubtful answers")}
          </Link>
        </p>
      )}
    </section>
  );
}
