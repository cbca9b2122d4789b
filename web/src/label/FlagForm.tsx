import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { n, t } from "../words/words";
import { flag, noteHere } from "./flags";
import { targets, type Page } from "./page";
import { useDesk } from "./useSession";

const LONGEST = 1000;

/** A note for reviewers on what is selected. It changes nothing about the answer. */
export default function FlagForm({ page }: { page: Page }) {
  const { session, kind } = useDesk();
  const before = noteHere(page);
  const [note, setNote] = useState(before ?? "");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const left = document.activeElement;
    field.current?.focus();
    return () => {
      if (left instanceof HTMLElement && left.isConnected) left.focus({ preventScroll: true });
    };
  }, []);
  const close = (text: string | null) => {
    session.change((shown) => flag(shown, text));
    session.run({ do: "close" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    session.run({ do: "close" });
  };
  return (
    <form
      className="skip-reasons"
      role="dialog"
      aria-label={t("Flag for review")}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        close(note.trim() || t("Please look at this again."));
      }}
    >
      <h2>{n(targets(page).length, "Flag {n} {item} for review", "Flag {n} {item}s for review", { item: kind.item })}</h2>
      <input ref={field} type="text" placeholder={t("What should be looked at?")} aria-label={t("What should be looked at?")} maxLength={LONGEST} value={note} onChange={({ target }) => setNote(target.value)} />
      <div className="row">
        <button type="submit" className="primary">
          {t("Flag")}
        </button>
        {before !== null && (
          <button type="button" onClick={() => close(null)}>
            {t("Take the flag away")}
          </button>
        )}
      </div>
    </form>
  );
}
