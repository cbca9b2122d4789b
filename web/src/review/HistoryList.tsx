import type { ItemDetail } from "../api/types";
import { when } from "../ui/when";
import { useReview } from "./context";
import { happeningsOf, type Happening } from "./history";
import { t } from "../words/words";

interface EntryProps {
  happening: Happening;
  shown: boolean;
  onShow: (revision: number | null) => void;
}

function Entry({ happening, shown, onShow }: EntryProps) {
  const { at, who, what, said, before, comment, revision, remarks } = happening;
  return (
    <li className="happening">
      <p>
        {who !== null && <strong>{who} </strong>}
        {what}
        {said !== null && said !== "" && ": "}
        {said !== null && said !== "" && (
          <button type="button" className="link said" aria-pressed={shown} disabled={revision === null} onClick={() => onShow(shown ? null : revision)}>
            {said}
          </button>
        )}
      </p>
      {before !== null && before !== "" && <p className="muted small">{t("Before: {before}", { before })}</p>}
      {comment !== null && <blockquote>{comment}</blockquote>}
      <p className="muted small row wrap">
        <time dateTime={at}>{when(at)}</time>
        {remarks.map((remark) => (
          <span key={remark} className="chip">
            {remark}
          </span>
        ))}
      </p>
    </li>
  );
}

interface HistoryProps {
  item: ItemDetail;
  shown: number | null;
  onShow: (revision: number | null) => void;
}

/** What was said of the item and done to it, newest first. What was said can be shown over the item again. */
export function HistoryList({ item, shown, onShow }: HistoryProps) {
  const { people } = useReview();
  const happenings = happeningsOf(item, people.names);
  return (
    <section aria-label={t("History")}>
      <h3>{t("History")}</h3>
      {happenings.length === 0 && <p className="muted">{t("Nobody has said anything of it yet.")}</p>}
      <ol className="plain-list happenings">
        {happenings.map((happening) => (
          <Entry key={happening.key} happening={happening} shown={shown !== null && happening.revision === shown} onShow={onShow} />
        ))}
      </ol>
    </section>
  );
}
