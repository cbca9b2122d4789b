import { useItem } from "../items/queries";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { useReview, useReviewState } from "./context";
import type { Changed } from "./reviews";
import { STATUS_TITLES } from "../items/filter";
import { t } from "../words/words";

const WORDS: Readonly<Record<string, string>> = {
  approved: t("approved it"), unapproved: t("took approval back"), corrected: t("corrected it"), rejected: t("rejected it"), skip_accepted: t("accepted the skip"), assigned: t("handed it out"),
  relabeled: t("changed the labels"), restarted: t("began labeling anew"), marked_gold: t("made it gold"), unmarked_gold: t("made it gold no more"),
  blob_changed: t("noticed a new file"), went_missing: t("noticed that the file is missing"), came_back: t("noticed that the file is back"),
  manual: t("answered it"), imported: t("imported an answer"), consensus: t("gave the answer that settled it"), review: t("corrected it"), gold: t("gave the known answer"),
  withdrawn: t("withdrew the model’s answer"), model: t("accepted a model’s answer"),
};

function ChangedRow({ changed }: { changed: Changed }) {
  const { session, project, people } = useReview();
  const { item, by, at, action, status } = changed;
  const { data } = useItem(project.id, item);
  const met = [...(data?.events ?? []), ...(data?.history ?? [])].find(({ user }) => user === by)?.name;
  const who = by === undefined ? t("Somebody") : by === "" || by === "model" ? "Tagwerk" : (met ?? people.names.get(by) ?? by);
  return (
    <li className="row wrap">
      <button type="button" className="link" onClick={() => session.open(item)}>
        {session.find(item)?.path ?? item}
      </button>
      <span>
        {who} {WORDS[action ?? ""] ?? t("changed it")}
        {at !== undefined && `, ${when(at)}`}{t(". It is {status} now.", { status: STATUS_TITLES[status] })}
      </span>
      <button type="button" className="quiet square" aria-label={t("Dismiss")} onClick={() => session.dismiss(item)}>
        <Icon name="close" />
      </button>
    </li>
  );
}

/** Items that were left alone because somebody else had changed them: which, and what was done. */
export function ChangedItems() {
  const { session } = useReview();
  const { changed } = useReviewState();
  if (changed.length === 0) return null;
  return (
    <div className="banner review-changed" role="alert">
      <Icon name="warning" />
      <div className="grow">
        <p>{changed.length === 1 ? t("This one changed before you got to it, and was left as it is:") : t("These {changed} changed before you got to them, and were left as they are:", { changed: changed.length })}</p>
        <ul className="plain-list">
          {changed.map((one) => (
            <ChangedRow key={one.item} changed={one} />
          ))}
        </ul>
      </div>
      {changed.length > 1 && (
        <button type="button" className="link" onClick={() => session.dismiss()}>
          {t("Dismiss all")}
        </button>
      )}
    </div>
  );
}

/** One quiet line. */
export function ReviewNotice() {
  const { notice } = useReviewState();
  return (
    <div className={`review-notice ${notice?.tone ?? "hidden"}`} role="status">
      {notice?.text}
    </div>
  );
}
