import { kindOf } from "../../kinds/kinds";
import { hasRegions, SPAN_MATCHES, TIE_BREAKS, type SpanMatch, type TieBreak } from "../../quality/quality";
import { Field } from "../../ui/Field";
import type { DraftQuality, SectionProps } from "./draft";
import { t } from "../../words/words";

interface NumberFieldProps {
  label: string;
  hint: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
  max?: number;
}

function NumberField({ label, hint, error, value, onChange, max = 100 }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <input {...control} type="number" min={0} max={max} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  titles: Readonly<Record<T, string>>;
  value: T;
  hint: string;
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, titles, value, hint, onChange }: ChoiceProps<T>) {
  const ids = Object.keys(titles) as T[];
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onChange(ids.find((id) => id === event.target.value) ?? value)}>
          {ids.map((id) => (
            <option key={id} value={id}>
              {titles[id]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** What several labelers of one item have to agree on. */
function Consensus({ draft, change, errors }: SectionProps) {
  const { quality } = draft;
  const kind = kindOf(draft.kind);
  const set = (part: Partial<DraftQuality>) => change({ quality: { ...quality, ...part } });
  return (
    <>
      <div className="two-fields">
        <NumberField label={t("Labelers at least")} hint={t("Each {item} is answered by so many people.", { item: kind.item })} error={errors.min_labelers} max={50} value={quality.least} onChange={(least) => set({ least })} />
        <NumberField label={t("Labelers at most")} hint={t("More people are asked up to here while they disagree; then a reviewer decides.")} error={errors.max_labelers} max={50} value={quality.most} onChange={(most) => set({ most })} />
        <NumberField label={t("Agreement, %")} hint={t("From this share of agreement on, {a text} counts as settled.", { item: kind.item })} error={errors.threshold} value={quality.threshold} onChange={(threshold) => set({ threshold })} />
        {hasRegions(kind) && <NumberField label={t("Overlap, %")} hint={t("Two regions are the same thing from this share of common area on (IoU).")} error={errors.iou} value={quality.iou} onChange={(iou) => set({ iou })} />}
        {kind.marks === "spans" && <Choice<SpanMatch> label={t("Two entities are the same if")} titles={SPAN_MATCHES} hint={t("And if their labels are.")} value={quality.spans} onChange={(spans) => set({ spans })} />}
        <Choice<TieBreak> label={t("A tie is decided by")} titles={TIE_BREAKS} hint={t("When as many say one thing as another.")} value={quality.tie} onChange={(tie) => set({ tie })} />
      </div>
    </>
  );
}

export function QualitySection(props: SectionProps) {
  const { draft, change, errors } = props;
  const { quality } = draft;
  const { item } = kindOf(draft.kind);
  const set = (part: Partial<DraftQuality>) => change({ quality: { ...quality, ...part } });
  return (
    <section className="card section">
      <div>
        <h2>{t("Quality control")}</h2>
        <p className="small muted">{t("This cannot be changed once the project is there.")}</p>
      </div>
      <label className="row">
        <input type="checkbox" checked={quality.consensus} onChange={(event) => set({ consensus: event.target.checked })} />
        {t("Several people label each {item}, and their agreement settles it", { item })}
      </label>
      {quality.consensus && <Consensus {...props} />}
      <div className="two-fields">
        <NumberField label={t("Known answers among the {item}s, %", { item })} hint={t("So often labelers get {a text} whose answer you have marked as gold, unawares.", { item })} error={errors.gold_rate} max={50} value={quality.gold} onChange={(gold) => set({ gold })} />
      </div>
    </section>
  );
}
