import { useState } from "react";
import type { Happened } from "../api/types";
import { Failure } from "../ui/Failure";
import { Field } from "../ui/Field";
import { ALL_EVENTS, EVENTS } from "./events";
import { t } from "../words/words";

interface WebhookBody {
  url: string;
  events: Happened[];
}

function EventChoice({ events, onChange }: { events: readonly Happened[]; onChange: (events: readonly Happened[]) => void }) {
  const toggle = (event: Happened) => onChange(events.includes(event) ? events.filter((other) => other !== event) : [...events, event]);
  return (
    <fieldset className="choices">
      <legend className="visually-hidden">{t("Events")}</legend>
      <div className="events">
        {ALL_EVENTS.map((event) => (
          <label key={event} className="row">
            <input type="checkbox" checked={events.includes(event)} onChange={() => toggle(event)} />
            {EVENTS[event]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface WebhookFormProps {
  before: WebhookBody;
  submit: string;
  busy: boolean;
  error: Error | null;
  onSubmit: (body: WebhookBody) => void;
  onCancel: () => void;
}

/** Where messages go, and of what. */
export function WebhookForm({ before, submit, busy, error, onSubmit, onCancel }: WebhookFormProps) {
  const [url, setUrl] = useState(before.url);
  const [some, setSome] = useState(before.events.length > 0);
  const [events, setEvents] = useState<readonly Happened[]>(before.events);
  const ready = url.trim() !== "" && (!some || events.length > 0);
  return (
    <form
      className="stack"
      aria-label={t("Webhook")}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSubmit({ url: url.trim(), events: some ? [...events] : [] });
      }}
    >
      <Field label={t("Address")} hint={t("https, and open to the internet: addresses of internal networks are refused.")}>
        {(control) => <input {...control} type="url" autoComplete="off" spellCheck={false} placeholder="https://example.org/tagwerk" value={url} onChange={(event) => setUrl(event.target.value)} />}
      </Field>
      <div className="row wrap" role="radiogroup" aria-label={t("Told of")}>
        <strong>{t("Told of")}</strong>
        <label className="row">
          <input type="radio" name="told" checked={!some} onChange={() => setSome(false)} />
          {t("everything")}
        </label>
        <label className="row">
          <input type="radio" name="told" checked={some} onChange={() => setSome(true)} />
          {t("some events")}
        </label>
      </div>
      {some && <EventChoice events={events} onChange={setEvents} />}
      <Failure of={error} />
      <div className="row">
        <button type="submit" className="primary" disabled={!ready || busy}>
          {submit}
        </button>
        <button type="button" className="quiet" onClick={onCancel}>
          {t("Cancel")}
        </button>
      </div>
    </form>
  );
}
