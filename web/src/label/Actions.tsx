import { Icon } from "../ui/Icon";
import { keepFocus } from "./keepFocus";
import { currentItem, documentNow } from "./marks/document";
import { isFresh, missing } from "./page";
import { SkipReasons } from "./SkipReasons";
import { useDesk, useLabeling } from "./useSession";

function UndoButton() {
  const { session } = useDesk();
  const { pages, past, reopening } = useLabeling();
  const page = pages[0];
  if (page !== undefined && !isFresh(page)) {
    return (
      <button type="button" onMouseDown={keepFocus} onClick={() => session.run({ do: "undo" })}>
        <Icon name="undo" />
        Undo <kbd>Z</kbd>
      </button>
    );
  }
  return (
    <button type="button" disabled={past.length === 0 || reopening} onMouseDown={keepFocus} onClick={() => session.run({ do: "back" })}>
      <Icon name="undo" />
      <span className="ellipsis">Undo page</span> <kbd>⌫</kbd>
    </button>
  );
}

/** What a submission would say: how many are answered, or how much is marked. */
function useSubmitText(): string {
  const { view } = useDesk();
  const state = useLabeling();
  const page = state.pages[0];
  const total = page?.task.items.length ?? 0;
  if (page === undefined || view === null) return `${page === undefined ? 0 : total - missing(page).length} of ${total}`;
  const item = currentItem(page);
  if (item !== undefined && page.drafts[item.id]?.skipped != null) return "Skipped";
  const { marks } = documentNow(state);
  return marks.length === 0 ? "Nothing here" : view.marking.countText(marks.length);
}

export function Actions() {
  const { session, view } = useDesk();
  const { pages, overlay } = useLabeling();
  const submits = useSubmitText();
  const page = pages[0];
  const total = page?.task.items.length ?? 0;
  const answered = page === undefined ? 0 : total - missing(page).length;
  return (
    <div className="actions">
      {overlay === "skip" && <SkipReasons />}
      <div className="action-row">
        <button
          type="button"
          disabled={page === undefined}
          aria-expanded={overlay === "skip"}
          onMouseDown={keepFocus}
          onClick={() => session.run(overlay === "skip" ? { do: "close" } : { do: "open", overlay: "skip" })}
        >
          <Icon name="skip" />
          Skip <kbd>S</kbd>
        </button>
        <UndoButton />
      </div>
      {view === null && (
        <div className="meter" role="progressbar" aria-label="Answered on this page" aria-valuemax={total} aria-valuenow={answered}>
          <span style={{ width: total === 0 ? "0" : `${(100 * answered) / total}%` }} />
        </div>
      )}
      <button
        type="button"
        className={total > 0 && answered === total ? "submit primary" : "submit"}
        disabled={page === undefined}
        onMouseDown={keepFocus}
        onClick={() => session.run({ do: "submit" })}
      >
        Submit
        <span className="number submit-count">{submits}</span>
        <kbd>Enter</kbd>
      </button>
    </div>
  );
}
