import { pathsOf } from "./change";
import { offeredAgain, rerouted, type Draft, type Gone } from "./draft";
import { n, t } from "../../words/words";

interface GoneLabelsProps {
  draft: Draft;
  /** Those that were retired before. */
  before: readonly string[];
  counts: ReadonlyMap<string, number>;
  item: string;
  onChange: (next: Draft) => void;
}

/** Labels that are offered no more, and those that are about to be. */
export function GoneLabels({ draft, before, counts, item, onChange }: GoneLabelsProps) {
  if (draft.gone.length === 0) return null;
  const targets = [...pathsOf(draft.roots)];
  const row = ({ was, to }: Gone) => (
    <li key={was} className="gone-row">
      <span className="grow">
        {was} <span className="muted small">{n(counts.get(was) ?? 0, "{n} {item}", "{n} {item}s", { item })}</span> {!before.includes(was) && <span className="chip busy">{t("going")}</span>}
      </span>
      <select aria-label={t("What becomes of {was}", { was })} value={to ?? ""} onChange={(event) => onChange(rerouted(draft, was, event.target.value === "" ? null : event.target.value))}>
        <option value="">{t("Answers keep it")}</option>
        {targets.map(([id, path]) => (
          <option key={id} value={id}>
            {t("becomes {path}", { path })}
          </option>
        ))}
      </select>
      <button type="button" className="quiet" aria-label={t("Offer {was} again", { was })} onClick={() => onChange(offeredAgain(draft, was))}>
        {t("Offer again")}
      </button>
    </li>
  );
  return (
    <div className="stack gone">
      <h3>{t("Offered no more")}</h3>
      <ul className="plain-list">{draft.gone.map(row)}</ul>
    </div>
  );
}
