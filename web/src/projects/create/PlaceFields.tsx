import { useState } from "react";
import { Field } from "../../ui/Field";
import { AddDatastore } from "./AddDatastore";
import type { DataType, SectionProps } from "./draft";

const HINTS: Readonly<Record<DataType, React.ReactNode>> = {
  files: (
    <>
      <code>photos/**</code> takes everything below a folder, <code>photos/*</code> one folder, <code>**</code> all.
    </>
  ),
  tabular: (
    <>
      A table such as <code>news/2024.csv</code>, or many: <code>news/**</code>.
    </>
  ),
  mltable: (
    <>
      The folder with the file <code>MLTable</code>, or a data asset of Azure ML: <code>azureml:flowers:3</code>.
    </>
  ),
};
const EXAMPLES: Readonly<Record<DataType, string>> = { files: "photos/**", tabular: "news/**", mltable: "labeled/2024" };

interface PlaceFieldsProps extends SectionProps {
  datastore: string;
  datastores: readonly string[];
}

/** In which datastore the data is, and where in it. */
export function PlaceFields({ draft, change, errors, datastore, datastores }: PlaceFieldsProps) {
  const [adding, setAdding] = useState(false);
  return (
    <div className="path-row">
      <Field
        label="Datastore"
        hint={
          <button type="button" className="link small" onClick={() => setAdding(true)}>
            Add another
          </button>
        }
      >
        {(control) => (
          <select {...control} value={datastore} onChange={(event) => change({ datastore: event.target.value })}>
            {datastores.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Path" error={errors.path} hint={HINTS[draft.dataType]}>
        {(control) => (
          <input {...control} type="text" spellCheck={false} autoComplete="off" placeholder={EXAMPLES[draft.dataType]} value={draft.path} onChange={(event) => change({ path: event.target.value })} />
        )}
      </Field>
      {adding && (
        <AddDatastore
          onClose={() => setAdding(false)}
          onAdded={(name) => {
            change({ datastore: name });
            setAdding(false);
          }}
        />
      )}
    </div>
  );
}
