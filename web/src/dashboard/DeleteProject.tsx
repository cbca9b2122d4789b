import { useState } from "react";
import { useLocation } from "wouter";
import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { useAction } from "./useAction";

function Confirm({ project, onClose }: { project: Project; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const [, go] = useLocation();
  const remove = useAction(project.id, async () => {
    await unwrap(api.DELETE("/api/projects/{project}", { params: { path: { project: project.id } } }));
    go("/");
  });
  return (
    <Dialog title="Delete the project?" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === project.name) remove.mutate(undefined);
        }}
      >
        <p>
          Every answer, export and setting of <strong>{project.name}</strong> is deleted for good. The images stay in storage. The name cannot be used again.
        </p>
        <Field label="Type the name of the project to confirm">
          {(control) => <input {...control} type="text" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
        {remove.isError && (
          <p className="danger-text small" role="alert">
            {messageOf(remove.error)}
          </p>
        )}
        <div className="row">
          <button type="submit" className="danger" disabled={typed !== project.name || remove.isPending}>
            Delete for good
          </button>
          <button type="button" className="quiet" onClick={onClose}>
            Keep it
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
        Delete
      </button>
      {asking && <Confirm project={project} onClose={() => setAsking(false)} />}
    </>
  );
}
