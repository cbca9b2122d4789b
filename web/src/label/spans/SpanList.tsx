import { useEffect, useRef } from "react";
import { Icon } from "../../ui/Icon";
import { keepFocus } from "../keepFocus";
import { currentItem, documentNow } from "../marks/document";
import type { SpanMark } from "../marks/spanMark";
import { ListButton } from "../marks/ListButton";
import { toggled } from "../marks/toggled";
import { UnsureBar } from "../marks/UnsureBar";
import { SuggestionChip } from "../SuggestionChip";
import { useDesk, useLabeling } from "../useSession";
import { spanMarking } from "./marking";
import { t } from "../../words/words";

function SpanRow({ span, text, selected }: { span: SpanMark; text: string; selected: boolean }) {
  const { session, byPath } = useDesk();
  const label = byPath.get(span.label);
  const row = useRef<HTMLLIElement>(null);
  const said = text.slice(span.start, span.end);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <li ref={row} className={selected ? "mark-row selected" : "mark-row"}>
      <button type="button" className="mark-pick" aria-pressed={selected} title={`${said} – ${span.label}`} onMouseDown={keepFocus} onClick={({ shiftKey }) => session.run({ do: "pick", ids: shiftKey ? toggled(session.host.read().marking, [span.id]) : [span.id] })}>
        <span className="label-color" style={{ background: label?.color }} />
        <span className="ellipsis grow" dir="auto">
          {said}
        </span>
        <span className="ellipsis muted small">{label?.name ?? span.label}</span>
        {span.suggested !== undefined && <SuggestionChip suggestion={span.suggested} />}
      </button>
      <button
        type="button"
        className="mark-remove"
        tabIndex={-1}
        aria-label={t("Remove {said}", { said })}
        onMouseDown={keepFocus}
        onClick={() => {
          session.run({ do: "pick", ids: [span.id] });
          session.run({ do: "clear" });
        }}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

/** The spans in the order of the text. */
export function SpanList() {
  const state = useLabeling();
  const text = currentItem(state.pages[0])?.text ?? "";
  const spans = documentNow(state).marks.filter((mark): mark is SpanMark => mark.shape === "span").toSorted((a, b) => a.start - b.start);
  const { selected, drawn } = state.marking;
  return (
    <>
      <section className="marks" aria-label={t("Entities")}>
        <h2 className="row apart">
          <span>{spanMarking.countText(spans.length)}</span>
          {selected.size > 0 && !drawn && <span className="muted small">{t("{size} selected", { size: selected.size })}</span>}
        </h2>
        <UnsureBar />
        {spans.length === 0 ? (
          <p className="muted small marks-none">{t("None yet. Nothing to see is an answer too.")}</p>
        ) : (
          <ol className="plain-list mark-list">
            {spans.map((span) => (
              <SpanRow key={span.id} span={span} text={text} selected={selected.has(span.id) && !drawn} />
            ))}
          </ol>
        )}
      </section>
      <ListButton />
    </>
  );
}
