import { plural } from "../../ui/wording";
import { pathsOf } from "./change";
import { offeredAgain, rerouted, type Draft, type Gone } from "./draft";

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
        {was} <span className="muted small">{plural(counts.get(was) ?? 0, item)}</span> {!before.includes(was) && <span className="chip busy">going</span>}
      </span>
      <select aria-label={`What becomes of ${was}`} value={to ?? ""} onChange={(event) => onChange(rerouted(draft, was, event.target.value === "" ? null : event.target.value))}>
        <option value="">Answers keep it</option>
        {targets.map(([id, path]) => (
          <option key={id} value={id}>
            becomes {path}
          </option>
        ))}
      </select>
      <button type="button" className="quiet" aria-label={`Offer ${was} again`} onClick={() => onChange(offeredAgain(draft, was))}>
        Offer again
      </button>
    </li>
  );
  return (
    <div className="stack gone">
      <h3>Offered no more</h3>
      <ul className="plain-list">{draft.gone.map(row)}</ul>
    </div>
  );
}
