import { Link } from "wouter";
import type { Dashboard, Project } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { NextRun } from "../models/NextRun";
import { share } from "../models/words";
import type { May } from "../projects/rights";
import { n, number, t } from "../words/words";

type Figures = Dashboard["assist"];

function lines({ trusted, accepted, audit, target }: Figures, item: string): string[] {
  const waiting = trusted === 0 ? [] : [t("{trusted} with a trusted suggestion", { trusted: n(trusted, "{n} {item}", "{n} {item}s", { item }) })];
  const alone = accepted === 0 ? [] : [t("{accepted} accepted without a person", { accepted: n(accepted, "{n} {item}", "{n} {item}s", { item }) })];
  const blind = audit?.precision == null ? [] : [t("audit: {precision} of {total} right, {target} wanted", { precision: share(audit.precision), total: number(audit.total), target: share(target) })];
  return [...waiting, ...alone, ...blind];
}

/** How far models are, in short. Nothing where none has ever helped. */
export function AssistCard({ project, assist, may }: { project: Project; assist: Figures; may: May }) {
  if (!assist.enabled && assist.runs.length === 0 && assist.trusted === 0) return null;
  const said = lines(assist, kindOf(project.kind).item);
  return (
    <section className="card panel-card" aria-label={t("Models")}>
      <div className="row apart">
        <h2>{t("Models")}</h2>
        {may("read_runs") && (
          <Link href={`/projects/${project.id}/models`} className="small">
            {t("Runs and trust")}
          </Link>
        )}
      </div>
      <NextRun project={project} assist={assist} edits={may("edit_project")} />
      {said.length > 0 && <p className="small muted number">{said.join(" · ")}</p>}
    </section>
  );
}
