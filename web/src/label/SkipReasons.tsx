import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { QUICK_REASONS } from "./commands";
import { targets } from "./page";
import { useDesk, useLabeling } from "./useSession";
import { n, t } from "../words/words";

/** Why an item is skipped: five reasons a key away, or in the labeler's own words. */
export default function SkipReasons() {
  const { session, kind } = useDesk();
  const page = useLabeling().pages[0];
  const [text, setText] = useState("");
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    session.run({ do: "close" });
  };
  return (
    <div ref={box} className="skip-reasons" role="dialog" aria-label={t("Why skip?")} tabIndex={-1} onKeyDown={onKeyDown}>
      <h2>{n(page === undefined ? 0 : targets(page).length, "Skip {n} {item} because", "Skip {n} {item}s because", { item: kind.item })}</h2>
      {QUICK_REASONS[kind.item].map((reason, index) => (
        <button key={reason} type="button" className="quiet menu-item" onClick={() => session.run({ do: "reason", index })}>
          <kbd>{index + 1}</kbd> {t(reason)}
        </button>
      ))}
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") session.skipWith(text.trim());
        }}
      >
        <input type="text" placeholder={t("Another reason")} aria-label={t("Another reason")} maxLength={200} value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit" disabled={text.trim() === ""}>
          {t("Skip")}
        </button>
      </form>
    </div>
  );
}
