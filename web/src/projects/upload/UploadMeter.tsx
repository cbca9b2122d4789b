import { sizeText } from "../../backups/backups";
import { n, number, t } from "../../words/words";
import type { Accepts } from "../create/accepts";
import { share, type UploadProgress } from "./progress";
import type { Uploading } from "./useUpload";

interface UploadMeterProps extends Pick<Uploading, "progress" | "problem" | "leftOut" | "left" | "busy" | "goOn" | "stop"> {
  accepts: Accepts;
}

function Failures({ failed }: Pick<UploadProgress, "failed">) {
  return (
    <ul className="small danger-text upload-failures">
      {failed.slice(0, 20).map(({ path, reason }) => (
        <li key={path}>
          {path}: {reason}
        </li>
      ))}
    </ul>
  );
}

function Figures({ progress, leftOut, accepts }: Pick<UploadMeterProps, "leftOut" | "accepts"> & { progress: UploadProgress }) {
  const { total, stored, there, failed } = progress;
  return (
    <p className="small muted number">
      {t("{done} of {total} uploaded", { done: number(stored), total: accepts.count(total) })}
      {there > 0 && t(", {there} were there already", { there: number(there) })}
      {failed.length > 0 && t(", {failed} failed", { failed: number(failed.length) })}
      {leftOut > 0 && t("; {leftOut} left out, {not}", { leftOut: n(leftOut, "{n} file", "{n} files"), not: accepts.not })}
    </p>
  );
}

/** How far an upload is, and what can be done about it. */
export function UploadMeter({ progress, problem, leftOut, left, busy, goOn, stop, accepts }: UploadMeterProps) {
  return (
    <>
      {progress !== null && (
        <div className="stack upload-progress" role="status">
          <div className="meter">
            <span style={{ width: `${100 * share(progress)}%` }} />
          </div>
          <Figures progress={progress} leftOut={leftOut} accepts={accepts} />
          {progress.failed.length > 0 && <Failures failed={progress.failed} />}
        </div>
      )}
      {problem !== null && (
        <p className="danger-text small" role="alert">
          {problem}
        </p>
      )}
      {progress !== null && (busy || left > 0) && (
        <div className="row apart">
          <span className="small muted number">{busy && t("{sent} of {all}, {speed} a second", { sent: sizeText(progress.settledBytes), all: sizeText(progress.bytes), speed: sizeText(progress.speed) })}</span>
          {busy ? (
            <button type="button" onClick={stop}>
              {t("Stop")}
            </button>
          ) : (
            <button type="button" onClick={goOn}>
              {n(left, "Send the one that is left", "Send the {n} that are left")}
            </button>
          )}
        </div>
      )}
    </>
  );
}
