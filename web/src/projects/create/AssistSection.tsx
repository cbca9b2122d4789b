import { kindOf } from "../../kinds/kinds";
import { Field } from "../../ui/Field";
import type { SectionProps } from "./draft";
import { t } from "../../words/words";

/** Whether models help; all else about them is in the project's settings. */
export function AssistSection({ draft, change, errors }: SectionProps) {
  const { item } = kindOf(draft.kind);
  return (
    <section className="card section">
      <div>
        <h2>{t("Models")}</h2>
        <p className="small muted">{t("After some hundred answers a model suggests the rest. All of this can be changed later.")}</p>
      </div>
      <div className="field">
        <label className="row">
          <input type="checkbox" checked={draft.models} onChange={(event) => change({ models: event.target.checked })} />
          {t("Models learn from the answers and suggest labels for the other {item}s", { item })}
        </label>
        {errors.models !== undefined && (
          <span className="error" role="alert">
            {errors.models}
          </span>
        )}
      </div>
      {draft.models && (
        <div className="two-fields">
          <Field label={t("Target, %")} hint={t("So many of the suggestions that are shown as trusted are to be right.")} error={errors.target}>
            {(control) => <input {...control} type="number" min={50} max={99.9} step="any" value={draft.target} onChange={(event) => change({ target: event.target.value })} />}
          </Field>
        </div>
      )}
    </section>
  );
}
