import { Link } from "wouter";
import type { Dashboard, Project } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { NextRun } from "../models/NextRun";
import { share } from "../models/words";
import type { May } from "../projects/rights";
import { plural } from "../ui/wording";

type Figures = Dashboard["assist"];

function lines({ trusted, accepted, audit, target }: Figures, item: string): string[] {
  const waiting = trusted === 0 ? [] : [`${plural(trusted, item)} with a trusted suggestion`];
  const alone = accepted === 0 ? [] : [`${plural(accepted, item)} accepted without a person`];
  const blind = audit?.precision == null ? [] : [`audit: ${share(audit.precision)} of ${audit.total.toLocaleString("en")} right, ${share(target)} wanted`];
  return [...waiting, ...alone, ...blind];
}

/** How far models are, in short. Nothing where none has ever helped. */
export function AssistCard({ project, assist, may }: { project: Project; assist: Figures; may: May }) {
  if (!assist.enabled && assist.runs.length === 0 && assist.trusted === 0) return null;
  const said = lines(assist, kindOf(project.kind).item);
  return (
    <section className="card panel-card" aria-label="Models">
      <div className="row apart">
        <h2>Models</h2>
        {may("read_runs") && (
          <Link href={`/projects/${project.id}/models`} className="small">
            Runs and trust
          </Link>
        )}
      </div>
      <NextRun project={project} assist={assist} edits={may("edit_project")} />
      {said.length > 0 && <p className="small muted number">{said.join(" · ")}</p>}
    </section>
  );
}
