import { useState } from "react";
import { useLocation } from "wouter";
import { unwrap } from "../api/client";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { Dialog } from "../ui/Dialog";
import { Failure } from "../ui/Failure";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { useAction } from "./useAction";
import { Rich } from "../words/Rich";
import { t } from "../words/words";

function Confirm({ project, onClose }: { project: Project; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [, go] = useLocation();
  const remove = useAction(project.id, async () => {
    await unwrap(api.DELETE("/api/projects/{project}", { params: { path: { project: project.id } } }));
    go("/");
  });
  return (
    <Dialog title={t("Delete the project?")} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === project.name) remove.mutate(undefined);
        }}
      >
        <p>
          <Rich text="Every answer, export and setting of {name} is deleted for good. The images stay in storage. The name cannot be used again." name={<strong>{project.name}</strong>} />
        </p>
        <Field label={t("Type the name of the project to confirm")}>
          {(control) => <input {...control} type="text" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
        <Failure of={remove.error} />
        <div className="row">
          <button type="submit" className="danger" disabled={typed !== project.name || remove.isPending}>
            {t("Delete for good")}
          </button>
          <button type="button" className="quiet" onClick={onClose}>
            {t("Keep it")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function DeleteProject({ project }: { project: Project }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" className="quiet" onClick={() => setAsking(true)}>
        <Icon name="trash" />
        {t("Delete")}
      </button>
      {asking && <Confirm project={project} onClose={() => setAsking(false)} />}
    </>
  );
}
