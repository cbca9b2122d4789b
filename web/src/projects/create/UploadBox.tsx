import { useState, type DragEvent } from "react";
import { messageOf } from "../../api/problem";
import { api } from "../../auth/session";
import { Field } from "../../ui/Field";
import { fromDrop, type Chosen } from "./droppedFiles";
import { FilePicker } from "./FilePicker";
import type { Accepts } from "./accepts";
import { destinations, upload, type UploadProgress } from "./upload";
import { n, number, t } from "../../words/words";

interface UploadBoxProps {
  datastore: string;
  accepts: Accepts;
  suggestedFolder: string;
  /** Called with the folder that has been uploaded to. */
  onUploaded: (folder: string) => void;
}

function Progress({ progress, leftOut, accepts }: { progress: UploadProgress; leftOut: number; accepts: Accepts }) {
  const { total, done, failed } = progress;
  return (
    <div className="stack upload-progress" role="status">
      <div className="meter">
        <span style={{ width: `${total === 0 ? 0 : (100 * done) / total}%` }} />
      </div>
      <p className="small muted number">
        {t("{done} of {total} uploaded", { done: number(done), total: accepts.count(total) })}
        {failed.length > 0 && t(", {failed} of them failed", { failed: number(failed.length) })}
        {leftOut > 0 && t("; {leftOut} left out, {not}", { leftOut: n(leftOut, "{n} file", "{n} files"), not: accepts.not })}
      </p>
      {failed.length > 0 && (
        <ul className="small danger-text upload-failures">
          {failed.slice(0, 20).map(({ path, reason }) => (
            <li key={path}>
              {path}: {reason}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function useUpload({ datastore, accepts, onUploaded }: UploadBoxProps, folder: string, overwrite: boolean) {
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [leftOut, setLeftOut] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const start = async (chosen: readonly Chosen[]) => {
    const fitting = chosen.filter(({ path }) => accepts.test(path));
    setProblem(fitting.length === 0 ? t("None of these files will do: {not}.", { not: accepts.not }) : null);
    setLeftOut(chosen.length - fitting.length);
    if (fitting.length === 0) return;
    try {
      const { failed, total } = await upload(api, datastore, destinations(fitting, folder), overwrite, setProgress);
      if (failed.length < total) onUploaded(folder.trim().replace(/\/+$/, ""));
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const busy = progress !== null && progress.done < progress.total && problem === null;
  return { progress, leftOut, problem, start, busy };
}

export function UploadBox(props: UploadBoxProps) {
  const [typedFolder, setFolder] = useState<string | null>(null);
  const [overwrite, setOverwrite] = useState(false);
  const [over, setOver] = useState(false);
  const { accepts } = props;
  const folder = typedFolder ?? props.suggestedFolder;
  const { progress, leftOut, problem, start, busy } = useUpload(props, folder, overwrite);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void fromDrop(event.dataTransfer).then(start);
  };
  return (
    <div
      className={over ? "upload-box over" : "upload-box"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className="row wrap apart">
        <span className="muted">{accepts.drop}</span>
        <span className="row">
          <FilePicker title={accepts.choose} accept={accepts.accept} disabled={busy} onChosen={(chosen) => void start(chosen)} />
          <FilePicker title={t("Choose a folder")} accept="" directory disabled={busy} onChosen={(chosen) => void start(chosen)} />
        </span>
      </div>
      <div className="upload-options">
        <Field label={t("Into the folder")}>
          {(control) => <input {...control} type="text" value={folder} disabled={busy} onChange={(event) => setFolder(event.target.value)} />}
        </Field>
        <label className="row">
          <input type="checkbox" checked={overwrite} onChange={(event) => setOverwrite(event.target.checked)} />
          {t("Replace files of the same name")}
        </label>
      </div>
      {progress !== null && <Progress progress={progress} leftOut={leftOut} accepts={accepts} />}
      {problem !== null && (
        <p className="danger-text small" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
