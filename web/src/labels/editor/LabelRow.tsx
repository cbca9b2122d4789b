import type { KeyboardEvent } from "react";
import { count as counted } from "../../dashboard/format";
import { Icon } from "../../ui/Icon";
import { KeyField } from "../KeyField";
import type { DraftLabel, Edit, Step } from "./draft";
import type { Drag } from "./useDrag";
import { t } from "../../words/words";

export interface RowActions {
  step: (id: string, by: Step) => void;
  add: (parent: string | null) => void;
  edit: (id: string, edit: Edit) => void;
  takeOut: (id: string) => void;
}

const STEPS: Readonly<Record<string, Step>> = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };

interface LabelRowProps {
  label: DraftLabel;
  depth: number;
  color: string;
  path: string;
  /** How many items bear it; null for a new label. */
  count: number | null;
  /** The digit that it has whatever its key is. */
  digit: string | undefined;
  /** What is wrong with its name or place, and with its key. */
  problem: string | undefined;
  keyProblem: string | undefined;
  actions: RowActions;
  drag: Drag;
}

export function LabelRow({ label, depth, color, path, count, digit, problem, keyProblem, actions, drag }: LabelRowProps) {
  const { id } = label;
  const shown = path === "" || path.endsWith("/") ? t("the new label") : path;
  const said = problem ?? keyProblem;
  const where = drag.over?.id === id ? drag.over.where : "";
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!event.altKey || step === undefined) return;
    event.preventDefault();
    actions.step(id, step);
  };
  return (
    <li className={`label-row ${where}`} style={{ paddingInlineStart: depth * 22 }} onKeyDown={onKeyDown} onDragOver={(event) => drag.move(id, event)} onDrop={drag.drop}>
      <button type="button" className="quiet grip" draggable onDragStart={(event) => drag.start(id, event)} onDragEnd={drag.end} aria-label={t("Move {shown}: Alt and an arrow", { shown })} title={t("Drag, or Alt and an arrow")}>
        <Icon name="grip" />
      </button>
      <input type="color" value={color} aria-label={t("Colour of {shown}", { shown })} onChange={(event) => actions.edit(id, { color: event.target.value })} />
      <div className="label-words">
        <input id={id} type="text" className="label-name" autoComplete="off" spellCheck={false} value={label.name} aria-label={t("Name of {shown}", { shown })} aria-invalid={problem !== undefined} aria-describedby={problem === undefined ? undefined : `${id}-problem`} placeholder={t("Name")} onChange={(event) => actions.edit(id, { name: event.target.value })} />
        <input type="text" className="label-says" autoComplete="off" value={label.description ?? ""} aria-label={t("When to choose {shown}", { shown })} placeholder={t("When to choose it")} onChange={(event) => actions.edit(id, { description: event.target.value })} />
        {said !== undefined && (
          <span id={`${id}-problem`} className="danger-text small">
            {said}
          </span>
        )}
      </div>
      <KeyField path={shown} value={label.key} digit={digit} problem={problem === undefined && keyProblem !== undefined ? `${id}-problem` : undefined} onChange={(key) => actions.edit(id, { key })} />
      {count === null ? (
        <span className="chip good">{t("new")}</span>
      ) : (
        <span className="number muted label-count" title={t("{count} have it", { count: counted(count) })}>
          {counted(count)}
          <span className="visually-hidden">{" "}{t("have it")}</span>
        </span>
      )}
      <button type="button" className="quiet square" aria-label={t("Add a label below {shown}", { shown })} title={t("Add a label below")} onClick={() => actions.add(id)}>
        <Icon name="plus" />
      </button>
      <button type="button" className="quiet square" aria-label={t("Take out {shown}", { shown })} title={t("Merge or retire")} onClick={() => actions.takeOut(id)}>
        <Icon name="trash" />
      </button>
    </li>
  );
}
