import { useState } from "react";
import { unwrap } from "../api/client";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { onlyIf } from "../projects/queries";
import { Failure } from "../ui/Failure";
import { Field } from "../ui/Field";
import { Markdown } from "../ui/Markdown";
import { useAction } from "../dashboard/useAction";
import { InstructionsVersions } from "./InstructionsVersions";
import { t } from "../words/words";

/** Saves the instructions, if nobody else has since they were read. */
function useSave(project: Project, done: () => void) {
  return useAction(project.id, async (instructions: { text: string; url: string | null }) => {
    const header = await onlyIf(project.id, ({ instructions: now }) => now.version === project.instructions.version);
    const params = { path: { project: project.id }, header };
    await unwrap(api.PATCH("/api/projects/{project}", { params, body: { instructions } }));
    done();
  });
}

function Editor({ project, onDone }: { project: Project; onDone: () => void }) {
  const { instructions } = project;
  const [text, setText] = useState(instructions.text ?? "");
  const [url, setUrl] = useState(instructions.url ?? "");
  // The version that is being edited, not one that is read again meanwhile.
  const [read] = useState(project);
  const save = useSave(read, onDone);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ text, url: url.trim() || null });
      }}
    >
      <Field label={t("Text")} hint={t("Markdown: headings, lists, bold, italic, code, links. Labelers are told that it changed.")}>
        {(control) => <textarea {...control} rows={8} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Field label={t("A page with more")}>{(control) => <input {...control} type="url" placeholder="https://" value={url} onChange={(event) => setUrl(event.target.value)} />}</Field>
      <Failure of={save.error} />
      <div className="row">
        <button type="submit" className="primary" disabled={save.isPending}>
          {t("Save")}
        </button>
        <button type="button" className="quiet" onClick={onDone}>
          {t("Cancel")}
        </button>
      </div>
    </form>
  );
}

/** What labelers read first, and what they read before. */
export function InstructionsEditor({ project }: { project: Project }) {
  const [editing, setEditing] = useState(false);
  const { text, url, version } = project.instructions;
  return (
    <section className="card panel-card" aria-label={t("Instructions")}>
      <div className="row apart">
        <h2>
          {t("Instructions")}{" "}<span className="chip">{t("version")}{" "}{version}</span>
        </h2>
        {!editing && (
          <button type="button" onClick={() => setEditing(true)}>
            {t("Edit")}
          </button>
        )}
      </div>
      {editing ? <Editor project={project} onDone={() => setEditing(false)} /> : text ? <Markdown text={text} /> : <p className="muted">{t("None written.")}</p>}
      {!editing && url && (
        <p>
          <a href={url} target="_blank" rel="noreferrer">
            {url}
          </a>
        </p>
      )}
      <InstructionsVersions project={project} />
    </section>
  );
}
