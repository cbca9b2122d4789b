import { useState } from "react";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { parseLabels } from "../parse";
import { everyOf, withTree, type Draft } from "./draft";
import { Rich } from "../../words/Rich";
import { n, t } from "../../words/words";

interface AddAsTextProps {
  draft: Draft;
  onChange: (next: Draft) => void;
  onClose: () => void;
}

/** Many labels at once, as people write or paste them. */
export function AddAsText({ draft, onChange, onClose }: AddAsTextProps) {
  const [text, setText] = useState("");
  const { tree, problems } = parseLabels(text);
  const next = withTree(draft, tree);
  const fresh = everyOf(next.roots).length - everyOf(draft.roots).length;
  return (
    <Dialog title={t("Add a list of labels")} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onChange(next);
          onClose();
        }}
      >
        <Field
          label={t("One per line")}
          error={problems[0]}
          hint={
            <Rich text="Indent a line, or write {animal}, to put a label under another. Those that are there already stay as they are." animal={<code>Animal/Cat</code>} />
          }
        >
          {(control) => <textarea {...control} rows={10} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <button type="submit" className="primary" disabled={fresh === 0 || problems.length > 0}>
          {fresh === 0 ? t("Add them") : t("Add {fresh}", { fresh: n(fresh, "{n} label", "{n} labels") })}
        </button>
      </form>
    </Dialog>
  );
}
