import { useId, useState, type KeyboardEvent, type SyntheticEvent } from "react";
import { Dialog } from "../ui/Dialog";
import { ACTIONS } from "./actions";
import { useReview } from "./context";
import type { Ask } from "./session";
import { n, t } from "../words/words";

function Taker({ value, required, onChange }: { value: string; required: boolean; onChange: (user: string) => void }) {
  const { people } = useReview();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{required ? t("To") : t("Who labels it next")}</label>
      <select id={id} value={value} data-focus={required ? "" : undefined} onChange={(event) => onChange(event.target.value)}>
        <option value="">{required ? t("Everybody again") : t("Anybody")}</option>
        {people.takers.map(({ user, name }) => (
          <option key={user} value={user}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** What an action still needs: a comment for the labeler, and who labels it next. */
export function AskBox({ ask }: { ask: Ask }) {
  const { session, word } = useReview();
  const [comment, setComment] = useState("");
  const [to, setTo] = useState("");
  const field = useId();
  const { title } = ACTIONS[ask.action];
  const assigns = ask.action === "assign";
  const send = () => session.answer(comment.trim() || null, to || null);
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <Dialog title={assigns ? t("Hand out {items}", { items: n(ask.items.length, "{n} {item}", "{n} {item}s", { item: word }) }) : `${title}: ${n(ask.items.length, "{n} {item}", "{n} {item}s", { item: word })}`} onClose={() => session.forget()}>
      <form className="stack" onSubmit={onSubmit}>
        {assigns && <Taker value={to} required onChange={setTo} />}
        <div className="field">
          <label htmlFor={field}>{t("Comment for the labeler")}</label>
          <textarea id={field} value={comment} data-focus={assigns ? undefined : ""} maxLength={2000} rows={3} onChange={(event) => setComment(event.target.value)} onKeyDown={onKeyDown} />
        </div>
        {!assigns && session.may("assign") && <Taker value={to} required={false} onChange={setTo} />}
        <div className="row">
          <button type="submit" className="primary">
            {title} <kbd>Enter</kbd>
          </button>
          <button type="button" onClick={() => session.forget()}>
            {t("Cancel")}{" "}<kbd>Esc</kbd>
          </button>
        </div>
      </form>
    </Dialog>
  );
}
