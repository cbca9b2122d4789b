import { useState } from "react";
import { Field } from "../../ui/Field";
import { AddDatastore } from "./AddDatastore";
import type { DataType, SectionProps } from "./draft";
import { Rich } from "../../words/Rich";
import { t } from "../../words/words";

const HINTS: Readonly<Record<DataType, React.ReactNode>> = {
  files: (
    <Rich text="{photos} takes everything below a folder, {photos2} one folder, {code} all." photos={<code>photos/**</code>} photos2={<code>photos/*</code>} code={<code>**</code>} />
  ),
  tabular: (
    <Rich text="A table such as {news}, or many: {news2}." news={<code>news/2024.csv</code>} news2={<code>news/**</code>} />
  ),
  mltable: (
    <Rich text="The folder with the file {mLTable}, or a data asset of Azure ML: {azureml}." mLTable={<code>MLTable</code>} azureml={<code>azureml:flowers:3</code>} />
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
        label={t("Datastore")}
        hint={
          <button type="button" className="link small" onClick={() => setAdding(true)}>
            {t("Add another")}
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
      <Field label={t("Path")} error={errors.path} hint={HINTS[draft.dataType]}>
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
