import { useState, type DragEvent } from "react";
import { Field } from "../../ui/Field";
import { fromDrop } from "./droppedFiles";
import { FilePicker } from "./FilePicker";
import type { Accepts } from "./accepts";
import { UploadMeter } from "../upload/UploadMeter";
import { useUpload } from "../upload/useUpload";
import { t } from "../../words/words";

interface UploadBoxProps {
  datastore: string;
  accepts: Accepts;
  suggestedFolder: string;
  /** Called with the folder that has been uploaded to. */
  onUploaded: (folder: string) => void;
}

export function UploadBox(props: UploadBoxProps) {
  const [typedFolder, setFolder] = useState<string | null>(null);
  const [overwrite, setOverwrite] = useState(false);
  const [over, setOver] = useState(false);
  const { accepts } = props;
  const folder = typedFolder ?? props.suggestedFolder;
  const uploading = useUpload({ ...props, folder, overwrite });
  const { busy, start } = uploading;
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
          <FilePicker title={accepts.choose} accept={accepts.accept} disabled={busy} onChosen={start} />
          <FilePicker title={t("Choose a folder")} accept="" directory disabled={busy} onChosen={start} />
        </span>
      </div>
      <div className="upload-options">
        <Field label={t("Into the folder")}>
          {(control) => <input {...control} type="text" value={folder} disabled={busy} onChange={(event) => setFolder(event.target.value)} />}
        </Field>
        <label className="row">
          <input type="checkbox" checked={overwrite} disabled={busy} onChange={(event) => setOverwrite(event.target.checked)} />
          {t("Replace files of the same name")}
        </label>
      </div>
      <UploadMeter {...uploading} accepts={accepts} />
    </div>
  );
}
