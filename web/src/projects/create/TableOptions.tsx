import type { SectionProps } from "./draft";
import { t } from "../../words/words";

interface TableOptionsProps extends SectionProps {
  /** All columns that the tables have. */
  known: readonly string[];
}

function toggled(chosen: readonly string[], name: string, known: readonly string[]): string[] {
  const next = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
  return known.filter((other) => next.includes(other));
}

/** Which columns of a table labelers see. All of them are kept for the export. */
export function TableOptions({ draft, change, errors, known }: TableOptionsProps) {
  const chosen = draft.columns ?? known;
  return (
    <>
      <label className="row">
        <input type="checkbox" checked={draft.header} onChange={(event) => change({ header: event.target.checked, columns: null })} />
        {t("The first row names the columns")}
      </label>
      {known.length > 0 && (
        <fieldset className="columns">
          <legend>
            {t("What labelers see")}{" "}<span className="hint">{t("The export keeps every column.")}</span>
          </legend>
          {known.map((name) => (
            <label key={name} className="column">
              <input type="checkbox" checked={chosen.includes(name)} onChange={() => change({ columns: toggled(chosen, name, known) })} />
              {name}
            </label>
          ))}
        </fieldset>
      )}
      {errors.columns !== undefined && (
        <p className="danger-text small" role="alert">
          {errors.columns}
        </p>
      )}
    </>
  );
}
