import { useState } from "react";
import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { ExportFormat, ItemStatus, NewExport } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "./useAction";

const FORMATS: readonly { id: ExportFormat; title: string }[] = [
  { id: "coco", title: "COCO (JSON)" },
  { id: "csv", title: "CSV" },
];

export function ExportForm({ project }: { project: string }) {
  const [format, setFormat] = useState<ExportFormat>("coco");
  const [labeler, setLabeler] = useState(false);
  const [skipped, setSkipped] = useState(false);
  const status: ItemStatus[] = skipped ? ["labeled", "skipped"] : ["labeled"];
  const body: NewExport = { format, status, include_labeler: labeler, coordinates: "absolute", approved_only: false };
  const start = useAction(project, () => unwrap(api.POST("/api/projects/{project}/exports", { params: { path: { project } }, body })));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(undefined);
      }}
    >
      <div className="row">
        <select aria-label="Format" value={format} onChange={(event) => setFormat(FORMATS.find(({ id }) => id === event.target.value)?.id ?? "coco")}>
          {FORMATS.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
        <button type="submit" className="primary" disabled={start.isPending}>
          Export
        </button>
      </div>
      <div className="row wrap">
        <label className="row">
          <input type="checkbox" checked={labeler} onChange={(event) => setLabeler(event.target.checked)} />
          Who, when, how long
        </label>
        <label className="row">
          <input type="checkbox" checked={skipped} onChange={(event) => setSkipped(event.target.checked)} />
          Skipped images too
        </label>
      </div>
      {start.isError && (
        <p className="danger-text small" role="alert">
          {messageOf(start.error)}
        </p>
      )}
    </form>
  );
}
