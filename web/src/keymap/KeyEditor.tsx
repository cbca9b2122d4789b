import { useStore } from "../ui/store";
import { t } from "../words/words";
import { changeKeys, changeLetter, clashesIn, FIXED, resetKeys } from "./edit";
import { GROUPS } from "./faces";
import { changes, keysOf } from "./keymap";
import { KeyEditRow } from "./KeyEditRow";
import type { LabelKeys } from "./labelKeys";
import { commandsByGroup } from "./rows";
import type { Mode } from "./table";
import { keyText } from "./text";
import { useEditing, type Editing } from "./useEditing";

function LabelRows({ labels, editing }: { labels: LabelKeys; editing: Editing }) {
  const letters = useStore(labels.letters);
  return labels.paths.map((label) => {
    const key = labels.keyOf(label);
    return <KeyEditRow key={label} target={{ label }} keys={key === undefined ? [] : [key]} fixed={false} reset={letters[label] === undefined ? null : () => changeLetter(labels, label, null)} editing={editing} />;
  });
}

function Clashes({ mode, labels, editing }: { mode: Mode; labels: LabelKeys | null; editing: Editing }) {
  return clashesIn(mode, labels).map(({ chord, holders: [first, ...others] }) => (
    <p key={chord} className="banner" role="alert">
      {first !== undefined && t("{key} is “{what}” here, and so cannot be “{others}”.", { key: keyText(chord), what: editing.nameOf(first), others: others.map(editing.nameOf).join("”, “") })}
    </p>
  ));
}

interface KeyEditorProps {
  modes: readonly [Mode, ...Mode[]];
  item: string;
  labels: LabelKeys | null;
  onDone: () => void;
}

/** Every command with its key, to be given another one. */
export default function KeyEditor({ modes, item, labels, onDone }: KeyEditorProps) {
  const editing = useEditing(modes[0], item, labels);
  const changed = useStore(changes);
  const groups = [...commandsByGroup(modes)].filter(([group, ids]) => ids.length > 0 || (group === "label" && labels !== null));
  return (
    <div className="key-editor">
      <p className="muted small">{t("Keys are kept in this browser; the letters of labels for this project alone. A label with a letter keeps its digit.")}</p>
      <Clashes mode={modes[0]} labels={labels} editing={editing} />
      {groups.map(([group, ids]) => (
        <section key={group} aria-label={t(GROUPS[group])}>
          <h3>{t(GROUPS[group])}</h3>
          <ul className="plain-list">
            {group === "label" && labels !== null && <LabelRows labels={labels} editing={editing} />}
            {ids.map((command) => (
              <KeyEditRow key={command} target={{ command }} keys={keysOf(command)} fixed={FIXED.has(command)} reset={changed[command] === undefined ? null : () => changeKeys(command, null)} editing={editing} />
            ))}
          </ul>
        </section>
      ))}
      <p className="row key-foot">
        <button type="button" className="primary" onClick={onDone}>
          {t("Done")}
        </button>
        <button type="button" disabled={Object.keys(changed).length === 0} onClick={resetKeys}>
          {t("Reset all")}
        </button>
      </p>
    </div>
  );
}
