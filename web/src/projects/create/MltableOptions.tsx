import { useEffect } from "react";
import { Field } from "../../ui/Field";
import type { Mapping, SectionProps } from "./draft";
import { t } from "../../words/words";

interface MltableOptionsProps extends SectionProps {
  /** The columns that the MLTable has. */
  known: readonly string[];
}

/** What columns are usually called. */
const USUAL: Readonly<Record<keyof Mapping, RegExp>> = {
  image: /^(image_?(url|path)?|url|file(_?name|_?path)?|path)$/i,
  category: /^(label|labels|category|class)$/i,
  confidence: /confidence|score/i,
};
const TITLES: Readonly<Record<keyof Mapping, string>> = { image: t("Column of the image"), category: t("Of its label"), confidence: t("Of the confidence") };
const PLACEHOLDERS: Readonly<Record<keyof Mapping, string>> = { image: "image_url", category: t("none"), confidence: t("none") };

export function guessed(known: readonly string[]): Mapping {
  const find = (what: keyof Mapping) => known.find((name) => USUAL[what].test(name)) ?? "";
  return { image: find("image"), category: find("category"), confidence: find("confidence") };
}

/** Which of an MLTable's columns are what, and what its labels are taken for. */
export function MltableOptions({ draft, change, errors, known }: MltableOptionsProps) {
  const { mapping, importAs } = draft;
  const wrong = known.length > 0 && !known.includes(mapping.image);
  useEffect(() => {
    if (wrong && guessed(known).image !== "") change({ mapping: guessed(known) });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each MLTable, not for every change of the draft
  }, [wrong, known]);
  return (
    <>
      <div className="three-fields">
        {(["image", "category", "confidence"] as const).map((what) => (
          <Field key={what} label={TITLES[what]} error={what === "image" ? errors.columns : undefined}>
            {(control) => (
              <input
                {...control}
                type="text"
                spellCheck={false}
                autoComplete="off"
                list="mltable-columns"
                placeholder={PLACEHOLDERS[what]}
                value={mapping[what]}
                onChange={(event) => change({ mapping: { ...mapping, [what]: event.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
      <datalist id="mltable-columns">
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {mapping.category !== "" && (
        <fieldset className="columns">
          <legend>{t("Its labels are")}</legend>
          <label className="column">
            <input type="radio" name="import-as" checked={importAs === "prelabels"} onChange={() => change({ importAs: "prelabels" })} />
            {t("proposals that labelers check")}
          </label>
          <label className="column">
            <input type="radio" name="import-as" checked={importAs === "labels"} onChange={() => change({ importAs: "labels" })} />
            {t("final: only what has none is labeled")}
          </label>
        </fieldset>
      )}
    </>
  );
}
