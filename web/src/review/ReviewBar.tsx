import type { Item, ReviewAction } from "../api/types";
import { keepFocus } from "../label/keepFocus";
import { Icon, type IconName } from "../ui/Icon";
import { ACTIONS, eitherOf, isAllowed, rejectionOf } from "./actions";
import { useItemsShown, useReview, useReviewState } from "./context";
import type { ReviewCommand } from "./keys";
import { n, number, t } from "../words/words";

interface DeedProps {
  action: ReviewAction;
  icon: IconName;
  letter: string;
  targets: readonly Item[];
}

function Deed({ action, icon, letter, targets }: DeedProps) {
  const { session } = useReview();
  const { fits, title } = ACTIONS[action];
  if (!isAllowed(action, session.may)) return null;
  const asks = action === "reject" || action === "reject_skip" || action === "assign";
  return (
    <button type="button" disabled={!targets.some(fits)} onMouseDown={keepFocus} onClick={() => session.run({ do: "act", action })}>
      <Icon name={icon} />
      {title}
      {asks && "…"} <kbd>{letter}</kbd>
    </button>
  );
}

interface PlainProps {
  command: ReviewCommand;
  title: string;
  letter: string;
  icon: IconName;
  disabled: boolean;
}

function Plain({ command, title, letter, icon, disabled }: PlainProps) {
  const { session } = useReview();
  return (
    <button type="button" disabled={disabled} onMouseDown={keepFocus} onClick={() => session.run(command)}>
      <Icon name={icon} />
      {title} <kbd>{letter}</kbd>
    </button>
  );
}

/** What can be done to these items, as far as one's role goes. */
export function Deeds({ targets }: { targets: readonly Item[] }) {
  const { session } = useReview();
  const approval = eitherOf("approve", "unapprove", targets);
  const gold = eitherOf("mark_gold", "unmark_gold", targets);
  return (
    <>
      <Deed action={approval} icon={approval === "approve" ? "check" : "undo"} letter={approval === "approve" ? "A" : "U"} targets={targets} />
      <Deed action={rejectionOf(targets)} icon="close" letter="R" targets={targets} />
      <Deed action="accept_skip" icon="skip" letter="S" targets={targets} />
      <Deed action="assign" icon="person" letter="H" targets={targets} />
      <Deed action={gold} icon="star" letter="G" targets={targets} />
      {session.may("correct") && <Plain command={{ do: "correct" }} title={t("Correct")} letter="E" icon="pen" disabled={targets.length !== 1 || targets[0]?.defect !== null} />}
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
      <button type="button" className="quiet square" aria-label={t("Keys")} title={t("Keys (?)")} onClick={() => session.run({ do: "keys" })}>
        <Icon name="keys" />
      </button>
    </div>
  );
}
