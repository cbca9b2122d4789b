import type { Item, ReviewAction } from "../api/types";
import { KeyButton, KeyTool } from "../keymap/Key";
import type { CommandId } from "../keymap/table";
import { keepFocus } from "../label/keepFocus";
import { Icon, type IconName } from "../ui/Icon";
import { ACTIONS, eitherOf, isAllowed, rejectionOf } from "./actions";
import { useItemsShown, useReview, useReviewState } from "./context";
import { n, number, t } from "../words/words";

interface DeedProps {
  action: ReviewAction;
  icon: IconName;
  id: CommandId;
  targets: readonly Item[];
}

function Deed({ action, id, icon, targets }: DeedProps) {
  const { session } = useReview();
  const { fits, title } = ACTIONS[action];
  if (!isAllowed(action, session.may)) return null;
  const asks = action === "reject" || action === "reject_skip" || action === "assign";
  return (
    <KeyButton id={id} disabled={!targets.some(fits)} onClick={() => session.run({ do: "act", action })}>
      <Icon name={icon} />
      {title}
      {asks && "…"}
    </KeyButton>
  );
}

/** What can be done to these items, as far as one's role goes. */
export function Deeds({ targets }: { targets: readonly Item[] }) {
  const { session } = useReview();
  const approval = eitherOf("approve", "unapprove", targets);
  const gold = eitherOf("mark_gold", "unmark_gold", targets);
  return (
    <>
      <Deed action={approval} icon={approval === "approve" ? "check" : "undo"} id={approval === "approve" ? "review.approve" : "review.unapprove"} targets={targets} />
      <Deed action={rejectionOf(targets)} icon="close" id="review.reject" targets={targets} />
      <Deed action="accept_skip" icon="skip" id="review.acceptSkip" targets={targets} />
      <Deed action="assign" icon="person" id="review.assign" targets={targets} />
      <Deed action={gold} icon="star" id="review.gold" targets={targets} />
      {session.may("correct") && (
        <KeyButton id="review.correct" disabled={targets.length !== 1 || targets[0]?.defect !== null} onClick={() => session.run({ do: "correct" })}>
          <Icon name="pen" />
          {t("Correct")}
        </KeyButton>
      )}
    </>
  );
}

/** Above the grid: what is selected, and what can be done to it. */
export function ReviewBar() {
  const { session, word } = useReview();
  const items = useItemsShown();
  const { selection, view } = useReviewState();
  const targets = view === "grid" ? session.targets() : [];
  const selected = items.filter(({ id }) => selection.selected.has(id)).length;
  const all = selected > 0 && selected === items.length;
  return (
    <div className="review-bar" role="toolbar" aria-label={t("Review")}>
      <span className="review-selected number" role="status">
        {selected > 0 ? t("{selected} selected", { selected: n(selected, "{n} {item}", "{n} {item}s", { item: word }) }) : t("{items} shown", { items: number(items.length) })}
      </span>
      <button type="button" className="quiet" disabled={items.length === 0} onMouseDown={keepFocus} onClick={() => session.run({ do: "all" })}>
        {all ? t("Select none") : t("Select all")}
      </button>
      <span className="review-deeds">
        <Deeds targets={targets} />
      </span>
      <KeyTool id="everywhere.keys" title={t("Keys")} className="quiet square" onClick={() => session.run({ do: "keys" })}>
        <Icon name="keys" />
      </KeyTool>
    </div>
  );
}
