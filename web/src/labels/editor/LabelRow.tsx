import type { KeyboardEvent } from "react";
import { count as counted } from "../../dashboard/format";
import { Icon } from "../../ui/Icon";
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
  problem: string | undefined;
  actions: RowActions;
  drag: Drag;
}

export function LabelRow({ label, depth, color, path, count, problem, actions, drag }: LabelRowProps) {
  const { id } = label;
  const shown = path === "" || path.endsWith("/") ? t("the new label") : path;
  const where = drag.over?.id === id ? drag.over.where : "";
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!event.altKey || step === undefined) return;
    event.preventDefault();
    actions.step(id, step);
  };
  return (
    <li className={`label-row ${where}`} style={{ paddingLeft: depth * 22 }} onKeyDown={onKeyDown} onDragOver={(event) => drag.move(id, event)} onDrop={drag.drop}>
      <button type="button" className="quiet grip" draggable onDragStart={(event) => drag.start(id, event)} onDragEnd={drag.end} aria-label={t("Move {shown}: Alt and an arrow", { shown })} title={t("Drag, or Alt and an arrow")}>
        <Icon name="grip" />
      </button>
      <input type="color" value={color} aria-label={t("Colour of {shown}", { shown })} onChange={(event) => actions.edit(id, { color: event.target.value })} />
      <div className="label-words">
        <input id={id} type="text" className="label-name" autoComplete="off" spellCheck={false} value={label.name} aria-label={t("Name of {shown}", { shown })} aria-invalid={problem !== undefined} aria-describedby={problem === undefined ? undefined : `${id}-problem`} placeholder={t("Name")} onChange={(event) => actions.edit(id, { name: event.target.value })} />
        <input type="text" className="label-says" autoComplete="off" value={label.description ?? ""} aria-label={t("When to choose {shown}", { shown })} placeholder={t("When to choose it")} onChange={(event) => actions.edit(id, { description: event.target.value })} />
        {problem !== undefined && (
          <span id={`${id}-problem`} className="danger-text small">
            {problem}
          </span>
        )}
      </div>
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
