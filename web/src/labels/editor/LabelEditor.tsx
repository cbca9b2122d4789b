import { useState } from "react";
import { flushSync } from "react-dom";
import type { Dashboard, Operation, Project } from "../../api/types";
import { kindOf } from "../../kinds/kinds";
import { modeOf } from "../../label/keys";
import { Icon } from "../../ui/Icon";
import { hotkeys } from "../hotkeys";
import { AddAsText } from "./AddAsText";
import { changeOf, keyedOf, problemsOf } from "./change";
import { ChangeDialog } from "./ChangeDialog";
import { added, edited, everyOf, find, placeOf, stepped, takenOut, type Draft, type DraftLabel, type Step } from "./draft";
import { GoneLabels } from "./GoneLabels";
import { LabelRow, type RowActions } from "./LabelRow";
import { linesOf } from "./summary";
import { TakeOut } from "./TakeOut";
import { useDrag } from "./useDrag";
import { useLabelDraft } from "./useLabelDraft";
import { Rich } from "../../words/Rich";
import { n, t } from "../../words/words";

interface Row {
  readonly label: DraftLabel;
  readonly depth: number;
  readonly color: string;
  readonly path: string;
}

/** The labels in the order in which they are shown, each with the colour it would have. */
function rowsOf({ roots }: Draft): Row[] {
  const walk = (labels: readonly DraftLabel[], depth: number, parent: string, inherited: string): Row[] =>
    labels.flatMap((label) => {
      const color = label.color ?? inherited;
      const path = parent + label.name.trim();
      return [{ label, depth, color, path }, ...walk(label.children, depth + 1, `${path}/`, color)];
    });
  return walk(roots, 0, "", "#808080");
}

/** What keeps the focus and what is said when labels change places. */
function useStepping(draft: Draft, setDraft: (next: Draft) => void) {
  const [said, say] = useState("");
  const step = (id: string, by: Step) => {
    const held = document.activeElement;
    const next = stepped(draft, id, by);
    if (next === draft) return;
    const place = placeOf(next.roots, id);
    const under = place?.parents.at(-1);
    flushSync(() => {
      setDraft(next);
      const where = { name: find(next.roots, id)?.name ?? "", place: (place?.index ?? 0) + 1, siblings: place?.siblings.length ?? 0 };
    say(under === undefined ? t("{name}, {place} of {siblings}", where) : t("{name}, {place} of {siblings} below {parent}", { ...where, parent: under.name }));
    });
    if (held instanceof HTMLElement) held.focus();
  };
  return { step, said };
}

function Head({ onList, onAdd }: { onList: () => void; onAdd: () => void }) {
  return (
    <div className="row apart wrap">
      <div>
        <h2>{t("Labels")}</h2>
        <p className="small muted label-hint">
          <Rich text="Drag a label by its handle, or press {alt} with an arrow: up, down, in and out." alt={<kbd>Alt</kbd>} />{" "}{t("The small field is its key, for everybody.")}
        </p>
      </div>
      <div className="row wrap">
        <button type="button" onClick={onList}>
          {t("Add a list")}
        </button>
        <button type="button" onClick={onAdd}>
          <Icon name="plus" />
          {t("Add a label")}
        </button>
      </div>
    </div>
  );
}

function Overtaken({ onRestart }: { onRestart: () => void }) {
  return (
    <p className="banner">
      {t("The labels have been changed by somebody else since you began.")}
      <button type="button" onClick={onRestart}>
        {t("Begin again")}
      </button>
    </p>
  );
}

interface ChangeBarProps {
  changes: number;
  wrong: boolean;
  overtaken: boolean;
  onDiscard: () => void;
  onGoOn: () => void;
}

function ChangeBar({ changes, wrong, overtaken, onDiscard, onGoOn }: ChangeBarProps) {
  return (
    <div className="change-bar">
      <span className="grow" role="status">
        {wrong ? <span className="danger-text">{t("Some labels need another look before you can go on.")}</span> : changes === 0 ? t("Nothing changes so far.") : n(changes, "{n} change", "{n} changes")}
      </span>
      <button type="button" className="quiet" onClick={onDiscard}>
        {t("Discard")}
      </button>
      <button type="button" className="primary" disabled={wrong || changes === 0 || overtaken} onClick={onGoOn}>
        {t("Review and change")}
      </button>
    </div>
  );
}

interface LabelEditorProps {
  project: Project;
  items: Dashboard["items"];
  /** How many items bear each label. */
  counts: ReadonlyMap<string, number>;
  onStarted: (operation: Operation) => void;
}

/** What the rows do. Taking out a label that nothing can bear yet needs no question. */
function actionsOn(draft: Draft, setDraft: (next: Draft) => void, step: RowActions["step"], askOut: (id: string) => void): RowActions {
  return {
    step,
    edit: (id, edit) => setDraft(edited(draft, id, edit)),
    add: (parent) => {
      const made = added(draft, parent, "");
      flushSync(() => setDraft(made.draft));
      document.getElementById(made.id)?.focus();
    },
    takeOut: (id) => {
      const label = find(draft.roots, id);
      const known = label !== null && everyOf([label]).some(({ was }) => was !== null);
      if (known) askOut(id);
      else setDraft(takenOut(draft, id, null));
    },
  };
}

type Asking = { readonly out: string } | "text" | "change" | null;

export function LabelEditor({ project, items, counts, onStarted }: LabelEditorProps) {
  const { begun, draft, setDraft, touched, overtaken, restart } = useLabelDraft(project);
  const [asking, ask] = useState<Asking>(null);
  const { step, said } = useStepping(draft, setDraft);
  const drag = useDrag(draft, setDraft);
  const kind = kindOf(project.kind);
  const { item } = kind;
  const { names, keys } = problemsOf(draft, modeOf(kind));
  const digits = hotkeys(keyedOf(draft));
  const change = changeOf(draft, begun.retired);
  const lines = touched ? linesOf({ before: begun.tree, draft, change, counts, item }) : [];
  const actions = actionsOn(draft, setDraft, step, (id) => ask({ out: id }));
  const close = () => ask(null);
  return (
    <section className="card panel-card" aria-label={t("Labels")}>
      <Head onList={() => ask("text")} onAdd={() => actions.add(null)} />
      {overtaken && <Overtaken onRestart={restart} />}
      <ul className="label-rows">
        {rowsOf(draft).map(({ label, depth, color, path }) => (
          <LabelRow key={label.id} label={label} depth={depth} color={color} path={path} count={label.was === null ? null : (counts.get(label.was) ?? 0)} digit={digits.get(path)} problem={names.get(label.id)} keyProblem={keys.get(path)} actions={actions} drag={drag} />
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      <GoneLabels draft={draft} before={begun.retired} counts={counts} item={item} onChange={setDraft} />
      {names.get("") !== undefined && <p className="danger-text small">{names.get("")}</p>}
      {touched && <ChangeBar changes={lines.length} wrong={names.size + keys.size > 0} overtaken={overtaken} onDiscard={restart} onGoOn={() => ask("change")} />}
      {typeof asking === "object" && asking !== null && <TakeOut draft={draft} id={asking.out} counts={counts} item={item} onChange={setDraft} onClose={close} />}
      {asking === "text" && <AddAsText draft={draft} onChange={setDraft} onClose={close} />}
      {asking === "change" && (
        <ChangeDialog
          project={project}
          version={begun.version}
          change={change}
          lines={lines}
          answered={items.labeled + items.skipped + items.needs_review}
          onStarted={(operation) => {
            onStarted(operation);
            close();
            restart();
          }}
          onClose={close}
        />
      )}
    </section>
  );
}
