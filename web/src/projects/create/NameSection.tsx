import { Fragment } from "react";
import { KINDS, type Kind } from "../../kinds/kinds";
import { Field } from "../../ui/Field";
import { KindIcon } from "./KindIcon";
import { typesFor, type SectionProps } from "./draft";
import { t } from "../../words/words";

function KindChoice({ kind, chosen, onChoose }: { kind: Kind; chosen: boolean; onChoose: () => void }) {
  return (
    <label className="kind">
      <input type="radio" name="kind" checked={chosen} onChange={onChoose} />
      <span className="grow">
        <strong>{kind.title}</strong>
        <span className="small muted">{kind.says}</span>
      </span>
      <KindIcon kind={kind.id} />
    </label>
  );
}

export function NameSection({ draft, change, errors }: SectionProps) {
  const choose = ({ id }: Kind) => {
    const types = typesFor(id);
    change({ kind: id, ...(types.includes(draft.dataType) ? {} : { dataType: "files" }) });
  };
  return (
    <section className="card section">
      <Field label={t("Name")} error={errors.name} hint={t("Names are never used twice, not even after a project is deleted.")}>
        {(control) => <input {...control} type="text" maxLength={100} autoComplete="off" value={draft.name} onChange={(event) => change({ name: event.target.value })} />}
      </Field>
      <fieldset className="kinds">
        <legend>{t("What labelers say")}</legend>
        {(["image", "text"] as const).map((item) => (
          <Fragment key={item}>
            <span className="kinds-of">{t("Of {item}s", { item })}</span>
            {KINDS.filter((kind) => kind.item === item).map((kind) => (
              <KindChoice key={kind.id} kind={kind} chosen={draft.kind === kind.id} onChoose={() => choose(kind)} />
            ))}
          </Fragment>
        ))}
        {errors.kind !== undefined && <p className="danger-text small">{errors.kind}</p>}
      </fieldset>
      {draft.kind === "semantic_segmentation" && (
        <label className="row">
          <input type="checkbox" checked={draft.overlap} onChange={(event) => change({ overlap: event.target.checked })} />
          {t("A pixel may have several labels")}
        </label>
      )}
    </section>
  );
}
