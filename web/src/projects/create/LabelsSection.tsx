import { hotkeys } from "../../labels/hotkeys";
import { parseLabels } from "../../labels/parse";
import { flatten, type Label } from "../../labels/tree";
import { plural } from "../../ui/wording";
import { Field } from "../../ui/Field";
import { coloredTree, type SectionProps } from "./draft";

interface ColorRowProps {
  label: Label;
  hotkey: string | undefined;
  onColor: (color: string) => void;
}

function ColorRow({ label, hotkey, onColor }: ColorRowProps) {
  return (
    <li className="color-row" style={{ paddingLeft: label.depth * 18 }}>
      <input type="color" value={label.color} aria-label={`Colour of ${label.path}`} onChange={(event) => onColor(event.target.value)} />
      <span className="ellipsis grow" title={label.path}>
        {label.name}
      </span>
      {hotkey !== undefined && <kbd>{hotkey.replace("Shift+", "⇧")}</kbd>}
    </li>
  );
}

export function LabelsSection({ draft, change, errors }: SectionProps) {
  const labels = flatten(coloredTree(draft.labels, draft.colors));
  const keys = hotkeys(labels.map((label) => label.path));
  const { problems } = parseLabels(draft.labels);
  return (
    <section className="card section">
      <h2>Labels</h2>
      <div className="labels-editor">
        <Field
          label="One per line"
          error={errors.labels ?? problems[0]}
          hint={
            <>
              Indent a line, or write <code>Animal/Cat</code>, to put a label under another. A pasted list may be parted by commas, semicolons or tabs.
            </>
          }
        >
          {(control) => (
            <textarea
              {...control}
              className="labels-text"
              rows={10}
              spellCheck={false}
              placeholder={"Animal\n  Cat\n  Dog\nVehicle"}
              value={draft.labels}
              onChange={(event) => change({ labels: event.target.value })}
            />
          )}
        </Field>
        <div className="field">
          <span className="label">{labels.length === 0 ? "Colours and keys" : plural(labels.length, "label")}</span>
          <ul className="color-list">
            {labels.map((label) => (
              <ColorRow
                key={label.path}
                label={label}
                hotkey={keys.get(label.path)}
                onColor={(color) => change({ colors: { ...draft.colors, [label.path]: color } })}
              />
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}
