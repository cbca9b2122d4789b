import { KINDS } from "../../kinds/kinds";
import { Field } from "../../ui/Field";
import type { SectionProps } from "./draft";

export function NameSection({ draft, change, errors }: SectionProps) {
  return (
    <section className="card section">
      <Field label="Name" error={errors.name} hint="Names are never used twice, not even after a project is deleted.">
        {(control) => <input {...control} type="text" maxLength={100} autoComplete="off" value={draft.name} onChange={(event) => change({ name: event.target.value })} />}
      </Field>
      <fieldset className="kinds">
        <legend>What labelers say</legend>
        {KINDS.map((kind) => (
          <label key={kind.id} className="kind">
            <input type="radio" name="kind" checked={draft.kind === kind.id} onChange={() => change({ kind: kind.id })} />
            <span>
              <strong>{kind.title}</strong>
              <span className="small muted">{kind.says}</span>
            </span>
          </label>
        ))}
        {errors.kind !== undefined && <p className="danger-text small">{errors.kind}</p>}
      </fieldset>
    </section>
  );
}
