import { Link } from "wouter";
import type { Dashboard, Project } from "../api/types";
import { spentText, STAGES, statusText } from "./words";
import { n, number, t } from "../words/words";

type Figures = Dashboard["assist"];

function waitsText({ enabled, next_run_in: more, run, budget }: Figures, project: Project): string {
  if (run !== null) return `${STAGES[run.stage]}: ${statusText(run)}`;
  if (!enabled) return t("No model learns from this project’s answers.");
  if (budget?.stops === true) return spentText(budget);
  if (project.status === "paused") return t("No run begins by itself while the project is paused.");
  if (more === null) return t("A model is learning from the answers.");
  return more === 0 ? t("The next run is about to begin.") : n(more, "{n} more label starts the next run", "{n} more labels start the next run");
}

/** How many labels of how many there are, or hundredths of the run that is under way; null where neither is known. */
function doneOf({ run, next_run_in: more, next_run_of: of, budget }: Figures): readonly [done: number, of: number] | null {
  if (budget?.stops === true && run === null) return null;
  if (run !== null) return run.progress === null ? null : [Math.floor(100 * run.progress), 100];
  return more === null || of === null ? null : [of - more, of];
}

interface NextRunProps {
  project: Project;
  assist: Figures;
  /** Whether somebody may switch it on. */
  edits: boolean;
}

/** How many labels are missing until a model learns again, or how far it is. */
export function NextRun({ project, assist, edits }: NextRunProps) {
  const text = waitsText(assist, project);
  const [done, of] = doneOf(assist) ?? [null, 0];
  return (
    <div className="next-run">
      <p className="row apart wrap">
        <strong className="number">{text}</strong>
        {done !== null && assist.run === null && (
          <span className="muted small number">
            {t("{done} of {of}", { done: number(done), of: number(of) })}
          </span>
        )}
      </p>
      {done !== null && (
        <span className="meter" role="progressbar" aria-label={text} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done}>
          <span style={{ width: `${(100 * done) / Math.max(1, of)}%` }} />
        </span>
      )}
      {!assist.enabled && edits && (
        <p className="small">
          <Link href={`/projects/${project.id}/settings`}>{t("Switch models on in the settings")}</Link>
        </p>
      )}
      {assist.enabled && assist.budget?.stops === true && edits && (
        <p className="small">
          <Link href={`/projects/${project.id}/settings`}>{t("The budget is in the settings")}</Link>
        </p>
      )}
    </div>
  );
}
