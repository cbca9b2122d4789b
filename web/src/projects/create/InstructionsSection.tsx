import { Field } from "../../ui/Field";
import { Markdown } from "../../ui/Markdown";
import type { SectionProps } from "./draft";
import { t } from "../../words/words";

export function InstructionsSection({ draft, change, errors }: SectionProps) {
  return (
    <section className="card section">
      <h2>{t("For the labelers")}</h2>
      <Field label={t("Instructions")} error={errors.instructions} hint={t("Markdown: headings, lists, bold, italic, code, links.")}>
        {(control) => <textarea {...control} rows={6} value={draft.instructions} onChange={(event) => change({ instructions: event.target.value })} />}
      </Field>
      {draft.instructions.trim() !== "" && (
        <div className="instructions-preview" aria-label={t("Instructions as labelers see them")}>
          <Markdown text={draft.instructions} />
        </div>
      )}
      <div className="two-fields">
        <Field label={t("A page with more")} hint={t("Optional, for example in your wiki.")}>
          {(control) => <input {...control} type="url" placeholder="https://" value={draft.url} onChange={(event) => change({ url: event.target.value })} />}
        </Field>
        <Field label={t("Minutes to hold a page")} error={errors.lease_minutes} hint={t("Renewed by itself while somebody works on it.")}>
          {(control) => <input {...control} type="number" min={1} max={1440} value={draft.leaseMinutes} onChange={(event) => change({ leaseMinutes: event.target.value })} />}
        </Field>
      </div>
    </section>
  );
}
