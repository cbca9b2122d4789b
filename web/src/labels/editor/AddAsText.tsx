import { useState } from "react";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { plural } from "../../ui/wording";
import { parseLabels } from "../parse";
import { withTree, type Draft } from "./draft";

interface AddAsTextProps {
  draft: Draft;
  onChange: (next: Draft) => void;
  onClose: () => void;
}

/** Many labels at once, as people write or paste them. */
export function AddAsText({ draft, onChange, onClose }: AddAsTextProps) {
  const [text, setText] = useState("");
  const { tree, count, problems } = parseLabels(text);
  return (
    <Dialog title="Add a list of labels" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onChange(withTree(draft, tree));
          onClose();
        }}
      >
        <Field
          label="One per line"
          error={problems[0]}
          hint={
            <>
              Indent a line, or write <code>Animal/Cat</code>, to put a label under another. Those that are there already stay as they are.
            </>
          }
        >
          {(control) => <textarea {...control} rows={10} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <button type="submit" className="primary" disabled={count === 0 || problems.length > 0}>
          {count === 0 ? "Add them" : `Add ${plural(count, "label")}`}
        </button>
      </form>
    </Dialog>
  );
}
