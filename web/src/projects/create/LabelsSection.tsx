import { useId } from "react";
import { hotkeys } from "../../labels/hotkeys";
import { KeyField } from "../../labels/KeyField";
import { parseLabels } from "../../labels/parse";
import { flatten, type Label } from "../../labels/tree";
import { Field } from "../../ui/Field";
import { keyProblemsIn, treeOf, type SectionProps } from "./draft";
import { Rich } from "../../words/Rich";
import { n, t } from "../../words/words";

interface LabelRowProps {
  label: Label;
  digit: string | undefined;
  problem: string | undefined;
  onColor: (color: string) => void;
  onKey: (key: string | null) => void;
}

function LabelRow({ label, digit, problem, onColor, onKey }: LabelRowProps) {
  const id = useId();
  return (
    <li className="color-row" style={{ paddingInlineStart: label.depth * 18 }}>
      <input type="color" value={label.color} aria-label={t("Colour of {path}", { path: label.path })} onChange={(event) => onColor(event.target.value)} />
      <span className="ellipsis grow" title={label.path}>
        {label.name}
      </span>
      <KeyField path={label.path} value={label.key} digit={digit} problem={problem && id} onChange={onKey} />
      {problem !== undefined && (
        <span id={id} className="danger-text small">
          {problem}
        </span>
      )}
    </li>
  );
}

export function LabelsSection({ draft, change, errors }: SectionProps) {
  const labels = flatten(treeOf(draft));
  const digits = hotkeys(labels);
  const keyProblems = keyProblemsIn(draft);
  const { problems } = parseLabels(draft.labels);
  return (
    <section className="card section">
      <h2>{t("Labels")}</h2>
      <div className="labels-editor">
        <Field
          label={t("One per line")}
          error={errors.labels ?? problems[0]}
          hint={
            <Rich text="Indent a line, or write {animal}, to put a label under another. A pasted list may be parted by commas, semicolons or tabs." animal={<code>Animal/Cat</code>} />
          }
        >
          {(control) => (
            <textarea
              {...control}
              className="labels-text"
              rows={10}
              spellCheck={false}
              placeholder={t("Animal\n  Cat\n  Dog\nVehicle")}
              value={draft.labels}
              onChange={(event) => change({ labels: event.target.value })}
            />
          )}
        </Field>
        <div className="field">
          <span className="label">{labels.length === 0 ? t("Colours and keys") : n(labels.length, "{n} label", "{n} labels")}</span>
          <ul className="color-list">
            {labels.map((label) => (
              <LabelRow
                key={label.path}
                label={label}
                digit={digits.get(label.path)}
                problem={keyProblems.get(label.path)}
                onColor={(color) => change({ colors: { ...draft.colors, [label.path]: color } })}
                onKey={(key) => change({ keys: { ...draft.keys, [label.path]: key } })}
              />
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
