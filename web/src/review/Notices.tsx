import { useItem } from "../items/queries";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { useReview, useReviewState } from "./context";
import type { Changed } from "./reviews";

const WORDS: Readonly<Record<string, string>> = {
  approved: "approved it", unapproved: "took approval back", corrected: "corrected it", rejected: "rejected it", skip_accepted: "accepted the skip", assigned: "handed it out",
  relabeled: "changed the labels", restarted: "began labeling anew", marked_gold: "made it gold", unmarked_gold: "made it gold no more",
  blob_changed: "noticed a new file", went_missing: "noticed that the file is missing", came_back: "noticed that the file is back",
  manual: "answered it", imported: "imported an answer", consensus: "gave the answer that settled it", review: "corrected it", gold: "gave the known answer",
  withdrawn: "withdrew the model’s answer", model: "accepted a model’s answer",
};

function ChangedRow({ changed }: { changed: Changed }) {
  const { session, project, people } = useReview();
  const { item, by, at, action, status } = changed;
  const { data } = useItem(project.id, item);
  const met = [...(data?.events ?? []), ...(data?.history ?? [])].find(({ user }) => user === by)?.name;
  const who = by === undefined ? "Somebody" : by === "" || by === "model" ? "Tagwerk" : (met ?? people.names.get(by) ?? by);
  return (
    <li className="row wrap">
      <button type="button" className="link" onClick={() => session.open(item)}>
        {session.find(item)?.path ?? item}
      </button>
      <span>
        {who} {WORDS[action ?? ""] ?? "changed it"}
        {at !== undefined && `, ${when(at)}`}. It is {status.replace("_", " ")} now.
      </span>
      <button type="button" className="quiet square" aria-label="Dismiss" onClick={() => session.dismiss(item)}>
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
        <p>{changed.length === 1 ? "This one changed before you got to it, and was left as it is:" : `These ${changed.length} changed before you got to them, and were left as they are:`}</p>
        <ul className="plain-list">
          {changed.map((one) => (
            <ChangedRow key={one.item} changed={one} />
          ))}
        </ul>
      </div>
      {changed.length > 1 && (
        <button type="button" className="link" onClick={() => session.dismiss()}>
          Dismiss all
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
