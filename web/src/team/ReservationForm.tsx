import { useState } from "react";
import type { Member, NewReservation } from "../api/types";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { nameOf } from "./places";
import { Rich } from "../words/Rich";
import { t } from "../words/words";

function LabelPicker({ chosen, labels, item, onChange }: { chosen: readonly string[]; labels: readonly string[]; item: string; onChange: (chosen: string[]) => void }) {
  return (
    <Field label={t("Prelabeled")} hint={t("{Item}s whose proposed label is one of these.", { item })}>
      {(control) => (
        <>
          <select {...control} value="" onChange={(event) => onChange([...chosen, event.target.value])}>
            <option value="">{chosen.length === 0 ? t("any or no label") : t("or with …")}</option>
            {labels
              .filter((label) => !chosen.includes(label))
              .map((label) => (
                <option key={label}>{label}</option>
              ))}
          </select>
          {chosen.length > 0 && (
            <span className="row wrap">
              {chosen.map((label) => (
                <button key={label} type="button" className="chip" aria-label={t("Without {label}", { label })} onClick={() => onChange(chosen.filter((other) => other !== label))}>
                  {label}
                  <Icon name="close" />
                </button>
              ))}
            </span>
          )}
        </>
      )}
    </Field>
  );
}

interface ReservationFormProps {
  item: string;
  labelers: readonly Member[];
  labels: readonly string[];
  /** What it was; undefined for a new one. */
  before: NewReservation | undefined;
  busy: boolean;
  onSave: (part: NewReservation) => void;
  onCancel: () => void;
}

export function ReservationForm({ item, labelers, labels, before, busy, onSave, onCancel }: ReservationFormProps) {
  const [path, setPath] = useState(before?.path ?? "");
  const [chosen, setChosen] = useState<readonly string[]>(before?.labels ?? []);
  const [who, setWho] = useState<readonly string[]>(before?.labelers ?? []);
  const toggle = (user: string) => setWho(who.includes(user) ? who.filter((other) => other !== user) : [...who, user]);
  const ready = who.length > 0 && (path.trim() !== "" || chosen.length > 0);
  return (
    <form
      className="stack reservation"
      aria-label={t("A reserved part")}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSave({ labelers: [...who], path: path.trim() || null, labels: [...chosen] });
      }}
    >
      <div className="reservation-what">
        <Field label={t("Path")} hint={<Rich text="Such as {north}. {A text} that fits either is reserved." north={<code>north/**</code>} item={item} />}>
          {(control) => <input {...control} type="text" autoComplete="off" spellCheck={false} value={path} onChange={(event) => setPath(event.target.value)} />}
        </Field>
        <LabelPicker chosen={chosen} labels={labels} item={item} onChange={setChosen} />
      </div>
      <fieldset className="choices people">
        <legend>{t("For")}</legend>
        <div className="row wrap">
          {labelers.map((member) => (
            <label key={member.user} className="row">
              <input type="checkbox" checked={who.includes(member.user)} onChange={() => toggle(member.user)} />
              {nameOf(member)}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="row">
        <button type="submit" className="primary" disabled={!ready || busy}>
          {t("Reserve")}
        </button>
        <button type="button" className="quiet" onClick={onCancel}>
          {t("Cancel")}
        </button>
      </div>
    </form>
  );
}
