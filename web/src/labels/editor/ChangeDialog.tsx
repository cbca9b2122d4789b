import { useState } from "react";
import { unwrap } from "../../api/client";
import { messageOf } from "../../api/problem";
import type { Operation, Project } from "../../api/types";
import { api } from "../../auth/session";
import { useAction } from "../../dashboard/useAction";
import { kindOf } from "../../kinds/kinds";
import { onlyIf } from "../../projects/queries";
import { Dialog } from "../../ui/Dialog";
import { Failure } from "../../ui/Failure";
import { Icon } from "../../ui/Icon";
import type { LabelChange } from "./change";
import { modeSays, type Line, type RelabelMode } from "./summary";
import { t } from "../../words/words";

const MODES: readonly (readonly [id: RelabelMode, title: string])[] = [
  ["continue", t("Keep it")],
  ["restart", t("Label everything again")],
  ["restart_keep", t("Label everything again, from the old answers")],
];

interface ModeChoiceProps {
  mode: RelabelMode;
  answered: number;
  item: string;
  onMode: (mode: RelabelMode) => void;
}

function ModeChoice({ mode, answered, item, onMode }: ModeChoiceProps) {
  return (
    <fieldset className="choices">
      <legend>{t("What becomes of what is answered")}</legend>
      {MODES.map(([id, title]) => (
        <label key={id} className="choice">
          <input type="radio" name="mode" checked={mode === id} onChange={() => onMode(id)} />
          <span className="grow">
            <strong>{title}</strong>
            <span className="small muted">{modeSays(id, answered, item)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function PauseFirst({ project }: { project: Project }) {
  const pause = useAction(project.id, () => unwrap(api.POST("/api/projects/{project}/pause", { params: { path: { project: project.id } } })));
  return (
    <div className="banner">
      <span className="grow">{t("Labels change while a project is paused. What is submitted is kept.")}</span>
      <button type="button" disabled={pause.isPending} onClick={() => pause.mutate(undefined)}>
        <Icon name="pause" />
        {t("Pause the project")}
      </button>
      {pause.isError && messageOf(pause.error)}
    </div>
  );
}

interface ChangeDialogProps {
  project: Project;
  /** The version of the labels that the change was made from. */
  version: number;
  change: LabelChange;
  lines: readonly Line[];
  /** How many items are answered. */
  answered: number;
  onStarted: (operation: Operation) => void;
  onClose: () => void;
}

/** Says in words what a change of the labels will do, and does it. */
export function ChangeDialog({ project, version, change, lines, answered, onStarted, onClose }: ChangeDialogProps) {
  const [mode, setMode] = useState<RelabelMode>("continue");
  // Told at once: this dialog is gone when the project has been read again.
  const start = useAction(project.id, async () => {
    const header = await onlyIf(project.id, ({ label_version: now }) => now === version);
    const params = { path: { project: project.id }, header };
    onStarted(await unwrap(api.POST("/api/projects/{project}/labels", { params, body: { ...change, mode } })));
  });
  return (
    <Dialog title={t("Change the labels")} onClose={onClose}>
      <ul className="change-lines">
        {lines.map(({ what, few }) => (
          <li key={what}>
            <span className="grow">{what}</span>
            <span className="muted number">{few}</span>
          </li>
        ))}
      </ul>
      <ModeChoice mode={mode} answered={answered} item={kindOf(project.kind).item} onMode={setMode} />
      {project.status === "running" && <PauseFirst project={project} />}
      <Failure of={start.error} />
      <div className="row">
        <button type="button" className="primary" disabled={project.status !== "paused" || start.isPending} onClick={() => start.mutate(undefined)}>
          {t("Change the labels")}
        </button>
        <button type="button" className="quiet" onClick={onClose}>
          {t("Back")}
        </button>
      </div>
    </Dialog>
  );
}
