import { Link } from "wouter";
import type { Dashboard, Project } from "../api/types";
import { plural } from "../ui/wording";

type Figures = Dashboard["assist"];

function waitsText({ enabled, next_run_in: more, run }: Figures, project: Project, learning: boolean): string {
  if (!enabled) return "No model learns from this project’s answers.";
  if (learning || run !== null) return "A model is learning from the answers.";
  if (more === null) return project.status === "paused" ? "No run begins by itself while the project is paused." : "A model is learning from the answers.";
  return more === 0 ? "The next run is about to begin." : `${plural(more, "more label", "more labels")} start${more === 1 ? "s" : ""} the next run`;
}

interface NextRunProps {
  project: Project;
  assist: Figures;
  /** Whether somebody may switch it on. */
  edits: boolean;
  /** Whether a run is known to be under way. */
  learning?: boolean;
}

/** How many labels are missing until a model learns again. */
export function NextRun({ project, assist, edits, learning = false }: NextRunProps) {
  const { next_run_in: more, next_run_of: of, enabled } = assist;
  const text = waitsText(assist, project, learning);
  const done = more === null || of === null ? null : of - more;
  return (
    <div className="next-run">
      <p className="row apart wrap">
        <strong className="number">{text}</strong>
        {done !== null && of !== null && (
          <span className="muted small number">
            {done.toLocaleString("en")} of {of.toLocaleString("en")}
          </span>
        )}
      </p>
      {done !== null && of !== null && (
        <span className="meter" role="progressbar" aria-label={text} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done}>
          <span style={{ width: `${(100 * done) / Math.max(1, of)}%` }} />
        </span>
      )}
      {!enabled && edits && (
        <p className="small">
          <Link href={`/projects/${project.id}/settings`}>Switch models on in the settings</Link>
        </p>
      )}
    </div>
  );
}
