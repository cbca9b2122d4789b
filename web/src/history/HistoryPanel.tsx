import { useState } from "react";
import { Icon } from "../ui/Icon";
import { keepFocus } from "../label/keepFocus";
import { useDesk, useLabeling } from "../label/useSession";
import { n, t } from "../words/words";
import { isSkipped, saidOf, titleOf, type PastPage } from "./history";
import "./history.css";

const time = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" });

function Row({ past, current, onOpen }: { past: PastPage; current: boolean; onOpen: () => void }) {
  const more = past.items.length - 1;
  return (
    <li>
      <button type="button" className="quiet past-page" aria-current={current ? "page" : undefined} onMouseDown={keepFocus} onClick={onOpen}>
        <span className="ellipsis past-title">{more === 0 ? titleOf(past) : n(more, "{title} and {n} more", "{title} and {n} more", { title: titleOf(past) })}</span>
        <span className={isSkipped(past) ? "ellipsis small danger-text" : "ellipsis small muted"}>{saidOf(past) || t("Nothing here")}</span>
        <time className="small faint" dateTime={new Date(past.at).toISOString()}>
          {time.format(past.at)}
        </time>
      </button>
    </li>
  );
}

/** The labeler's last pages, the newest first: any of them can be looked at again, and changed. */
export default function HistoryPanel({ onClose }: { onClose: () => void }) {
  const { session } = useDesk();
  const { history, pages, reopening } = useLabeling();
  const [onlySkipped, setOnlySkipped] = useState(false);
  const shown = (onlySkipped ? history.filter(isSkipped) : history).toReversed();
  const current = pages[0]?.again?.submission;
  return (
    <section className="history" aria-label={t("My last pages")}>
      <header className="row apart">
        <h2>{t("My last pages")}</h2>
        <button type="button" className="quiet square" aria-label={t("Close my last pages")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <label className="row small" onMouseDown={keepFocus}>
        <input type="checkbox" checked={onlySkipped} onChange={({ target }) => setOnlySkipped(target.checked)} />
        {t("Only with something skipped")}
      </label>
      {shown.length === 0 && <p className="muted small">{onlySkipped ? t("You have skipped nothing lately.") : t("What you submit is listed here.")}</p>}
      <ol className="plain-list past-pages" aria-busy={reopening}>
        {shown.map((past) => (
          <Row key={past.submission} past={past} current={past.submission === current} onOpen={() => void session.walk.open(past)} />
        ))}
      </ol>
    </section>
  );
}
