import type { Run } from "../api/types";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { JobLink } from "./JobLink";
import { useCancelRun, useRun } from "./queries";
import { splitError, STAGES, statusText } from "./words";
import { t } from "../words/words";

/** The first run of a project that is under way, as it goes on. */
export function UnderWay({ project, run, trains }: { project: string; run: Run; trains: boolean }) {
  const cancel = useCancelRun(project);
  const text = `${STAGES[run.stage]}: ${statusText(run)}`;
  const why = splitError(run.error ?? "")[0];
  const percent = run.progress === null ? undefined : Math.floor(100 * run.progress);
  return (
    <div className="under-way">
      <div className="row apart wrap">
        <p>
          <strong role="status">{text}</strong>{" "}
          <span className="muted small">
            {t("since {when}", { when: when(run.started ?? run.created_at) })}
            <JobLink job={run.job} />
          </span>
        </p>
        {trains && run.status !== "applying" && (
          <button type="button" disabled={cancel.isPending} onClick={() => cancel.mutate(run.id)}>
            <Icon name="close" />
            {t("Cancel")}
          </button>
        )}
      </div>
      <span className={percent === undefined ? "meter waiting" : "meter"} role="progressbar" aria-label={STAGES[run.stage]} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
        <span style={{ width: `${percent ?? 0}%` }} />
      </span>
      {run.error !== null && <p className="small muted">{run.status !== "queued" ? t("It failed once, and is tried again: {why}", { why: why }) : why}</p>}
      <Failure of={cancel.error} />
    </div>
  );
}

/** What went wrong with the last run, with the last that its job wrote. */
export function LastFailed({ project, run }: { project: string; run: Run }) {
  const { data } = useRun(project, run.id);
  const log = data?.log ?? "";
  const [why, rest] = splitError(run.error ?? t("Nobody knows why."));
  return (
    <div className="banner bad run-failed" role="alert">
      <Icon name="warning" />
      <div className="grow">
        <p>
          <strong>{t("{stage} failed.", { stage: STAGES[run.stage] })}</strong> {why}
        </p>
        <Log log={log === "" ? rest : log} />
      </div>
    </div>
  );
}

export function Log({ log }: { log: string }) {
  if (log === "") return null;
  return (
    <details className="small">
      <summary>{t("The last lines of its log")}</summary>
      <pre className="run-log" tabIndex={0}>
        {log}
      </pre>
    </details>
  );
}
