import { useState } from "react";
import { Dialog } from "../../ui/Dialog";
import { pathsOf } from "./change";
import { everyOf, find, takenOut, type Draft } from "./draft";
import { n, t } from "../../words/words";

interface TakeOutProps {
  draft: Draft;
  id: string;
  counts: ReadonlyMap<string, number>;
  item: string;
  onChange: (next: Draft) => void;
  onClose: () => void;
}

interface FateProps {
  /** The labels that could get the answers, by id. */
  targets: readonly (readonly [id: string, path: string])[];
  /** The one that does; "" while it is not chosen, null if none is to. */
  to: string | null;
  onTo: (to: string | null) => void;
}

function Fate({ targets, to, onTo }: FateProps) {
  return (
    <fieldset className="choices">
      <legend className="visually-hidden">{t("What becomes of its answers")}</legend>
      <label className="choice">
        <input type="radio" name="fate" checked={to !== null} disabled={targets.length === 0} onChange={() => onTo("")} />
        <span className="grow">
          <strong>{t("Make it one with another label")}</strong>
          <span className="small muted">{t("Its answers become that label’s.")}</span>
        </span>
      </label>
      {to !== null && (
        <select aria-label={t("The label that gets its answers")} value={to} onChange={(event) => onTo(event.target.value)}>
          <option value="">{t("Choose a label")}</option>
          {targets.map(([other, path]) => (
            <option key={other} value={other}>
              {path}
            </option>
          ))}
        </select>
      )}
      <label className="choice">
        <input type="radio" name="fate" checked={to === null} onChange={() => onTo(null)} />
        <span className="grow">
          <strong>{t("Retire it")}</strong>
          <span className="small muted">{t("What is labeled with it keeps it; labelers are offered it no more.")}</span>
        </span>
      </label>
    </fieldset>
  );
}

/** Asks what becomes of the answers of a label that goes. */
export function TakeOut({ draft, id, counts, item, onChange, onClose }: TakeOutProps) {
  const label = find(draft.roots, id);
  const below = label === null ? [] : everyOf(label.children);
  const inside = new Set([id, ...below.map((one) => one.id)]);
  const targets = [...pathsOf(draft.roots)].filter(([other]) => !inside.has(other));
  const bear = counts.get(label?.was ?? "") ?? 0;
  const [to, setTo] = useState<string | null>(targets.length === 0 || bear === 0 ? null : "");
  if (label === null) return null;
  const also = below.length === 0 ? "" : ` ${n(below.length, "The {n} label below it goes the same way.", "The {n} labels below it go the same way.")}`;
  const finish = () => {
    onChange(takenOut(draft, id, to));
    onClose();
  };
  return (
    <Dialog title={t("Take out “{name}”", { name: label.name })} onClose={onClose}>
      <p>
        {bear === 0 ? t("No {item} has it.", { item }) : n(bear, "{n} {item} has it.", "{n} {item}s have it.", { item })}
        {also}
      </p>
      <Fate targets={targets} to={to} onTo={setTo} />
      <div className="row">
        <button type="button" className="primary" disabled={to === ""} onClick={finish}>
          {t("Take it out")}
        </button>
        <button type="button" className="quiet" onClick={onClose}>
          {t("Keep it")}
        </button>
      </div>
      <p className="small muted">{t("Nothing happens yet: you see all changes together before they are made.")}</p>
    </Dialog>
  );
}
