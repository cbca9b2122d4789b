import { Suspense } from "react";
import { Key, KeyButton, useKeyed } from "../keymap/Key";
import { Icon } from "../ui/Icon";
import { soon } from "../ui/soon";
import { FlagButton, Flags } from "./Flag";
import { keepFocus } from "./keepFocus";
import { currentItem, documentNow } from "./marks/document";
import { hasDrafts, isAccepting, isFresh, missing, unseenFrom } from "./page";
import { useDesk, useLabeling } from "./useSession";
import type { LabelingState } from "./state";
import type { MarkingView } from "./marks/marking";
import { t } from "../words/words";

const SkipReasons = soon(() => import("./SkipReasons"));

function UndoButton() {
  const { session } = useDesk();
  const { pages, history, reopening } = useLabeling();
  const page = pages[0];
  if (page !== undefined && !isFresh(page)) {
    return (
      <KeyButton id="answer.undo" onClick={() => session.run({ do: "undo" })}>
        <Icon name="undo" />
        <span className="ellipsis">{t("Undo")}</span>
      </KeyButton>
    );
  }
  return (
    <KeyButton id="answer.remove" disabled={history.length === 0 || reopening} onClick={() => session.run({ do: "back" })}>
      <Icon name="undo" />
      <span className="ellipsis">{t("Undo page")}</span>
    </KeyButton>
  );
}

/** What Enter would do, and to what: how many are answered, or how much is marked. */
function submitText(state: LabelingState, view: MarkingView | null): readonly [what: string, how: string] {
  const page = state.pages[0];
  if (page === undefined) return [t("Submit"), t("0 of 0")];
  if (page.again !== null && !hasDrafts(page)) return [t("Go on"), t("unchanged")];
  const total = page.task.items.length;
  const answered = total - missing(page).length;
  const next = answered < total ? null : unseenFrom(page, state.layout);
  if (next !== null) return [t("Go on"), t("{next} of {total} seen", { next, total })];
  const accepts = isAccepting(page);
  if (view === null) return accepts ? [t("Accept {total}", { total }), t("as suggested")] : [t("Submit"), t("{answered} of {total}", { answered, total })];
  const item = currentItem(page);
  if (item !== undefined && page.drafts[item.id]?.skipped != null) return [t("Submit"), t("Skipped")];
  const { marks } = documentNow(state);
  return [accepts ? t("Accept") : t("Submit"), marks.length === 0 ? t("Nothing here") : view.marking.countText(marks.length)];
}

export function Actions() {
  const { session, view } = useDesk();
  const state = useLabeling();
  const { pages, overlay } = state;
  const [what, how] = submitText(state, view);
  const page = pages[0];
  const total = page?.task.items.length ?? 0;
  const answered = page === undefined ? 0 : total - missing(page).length;
  return (
    <div className="actions">
      {overlay === "skip" && (
        <Suspense>
          <SkipReasons />
        </Suspense>
      )}
      <Flags />
      <div className="action-row">
        <KeyButton
          id="page.skip"
          disabled={page === undefined}
          aria-expanded={overlay === "skip"}
          onClick={() => session.run(overlay === "skip" ? { do: "close" } : { do: "open", overlay: "skip" })}
        >
          <Icon name="skip" />
          {t("Skip")}
        </KeyButton>
        <FlagButton />
        <UndoButton />
      </div>
      {view === null && (
        <div className="meter" role="progressbar" aria-label={t("Answered on this page")} aria-valuemax={total} aria-valuenow={answered}>
          <span style={{ width: total === 0 ? "0" : `${(100 * answered) / total}%` }} />
        </div>
      )}
      <button
        type="button"
        className={total > 0 && answered === total ? "submit primary" : "submit"}
        disabled={page === undefined}
        {...useKeyed("page.submit")}
        onMouseDown={keepFocus}
        onClick={() => session.run({ do: "submit" })}
      >
        {what}
        <span className="number submit-count">{how}</span>
        <Key of="page.submit" />
      </button>
    </div>
  );
}
