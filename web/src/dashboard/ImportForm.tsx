import { useRef, useState } from "react";
import { unwrap } from "../api/client";
import type { ImportFormat, NewImport, Project } from "../api/types";
import { api } from "../auth/session";
import { kindOf } from "../kinds/kinds";
import { signer, upload } from "../projects/upload/upload";
import { Failure } from "../ui/Failure";
import { Field } from "../ui/Field";
import { FORMAT_TITLES, importFormats } from "./formats";
import { useAction } from "./useAction";
import { Rich } from "../words/Rich";
import { t } from "../words/words";

const FOLDER = "imports";

/** Puts a file into the project's datastore; gives its path there. */
async function uploaded(project: Project, file: File): Promise<string> {
  const stamp = new Date().toISOString().replace(/[:.]/g, "-");
  const path = `${FOLDER}/${project.id}/${stamp}/${file.name}`;
  const { signal } = new AbortController();
  const sign = signer(api, project.data.datastore);
  const { progress, problem } = await upload({ files: [{ file, path }], overwrite: false, sign, signal, onProgress: () => undefined });
  const reason = problem ?? progress.failed[0]?.reason;
  if (reason !== undefined) throw new Error(reason);
  return path;
}

function FileButton({ project, onUploaded }: { project: Project; onUploaded: (path: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const send = useAction(project.id, async (file: File) => onUploaded(await uploaded(project, file)));
  return (
    <>
      <button type="button" disabled={send.isPending} onClick={() => field.current?.click()}>
        {send.isPending ? t("Uploading …") : t("Upload a file")}
      </button>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={t("Upload a file")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) send.mutate(file);
          event.target.value = "";
        }}
      />
      <Failure of={send.error} />
    </>
  );
}

interface AsChoiceProps {
  value: NewImport["as"];
  /** Whether several people label each item. */
  consensus: boolean;
  onChange: (value: NewImport["as"]) => void;
}

function AsChoice({ value, consensus, onChange }: AsChoiceProps) {
  const choices = [
    ["prelabels", t("as proposals to check")],
    ["labels", t("as final labels")],
    ...(consensus ? ([["consensus", t("as what the votes come to")]] as const) : []),
  ] as const;
  return (
    <div className="row wrap" role="radiogroup" aria-label={t("Take the labels")}>
      {choices.map(([id, title]) => (
        <label key={id} className="row">
          <input type="radio" name="as" checked={value === id} onChange={() => onChange(id)} />
          {title}
        </label>
      ))}
    </div>
  );
}

export function ImportForm({ project }: { project: Project }) {
  const formats = importFormats(kindOf(project.kind));
  const [format, setFormat] = useState<ImportFormat>(formats[0] ?? "jsonl");
  const [path, setPath] = useState("");
  const [as, setAs] = useState<NewImport["as"]>("prelabels");
  const start = useAction(project.id, async () => {
    const params = { path: { project: project.id } };
    await unwrap(api.POST("/api/projects/{project}/imports", { params, body: { format, path: path.trim(), as } }));
    setPath("");
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim() !== "") start.mutate(undefined);
      }}
    >
      <div className="row wrap">
        <select className="import-format" aria-label={t("Format to import")} value={format} onChange={(event) => setFormat(formats.find((id) => id === event.target.value) ?? format)}>
          {formats.map((id) => (
            <option key={id} value={id}>
              {FORMAT_TITLES[id]}
            </option>
          ))}
        </select>
        <FileButton project={project} onUploaded={setPath} />
      </div>
      <Field label={t("Path")} hint={<Rich text="A file in {datastore}, many by {voc}, or an MLTable's folder. Labels find their {item}s by path." datastore={project.data.datastore} voc={<code>voc/**</code>} item={kindOf(project.kind).item} />}>
        {(control) => <input {...control} type="text" autoComplete="off" spellCheck={false} placeholder="labels/instances.json" value={path} onChange={(event) => setPath(event.target.value)} />}
      </Field>
      <AsChoice value={as} consensus={project.quality.consensus ?? false} onChange={setAs} />
      <Failure of={start.error} />
      <button type="submit" className="primary" disabled={start.isPending || path.trim() === ""}>
        {t("Import")}
      </button>
    </form>
  );
}
