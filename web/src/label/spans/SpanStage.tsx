import { useLayoutEffect, useRef, useState } from "react";
import { textLook } from "../../text/look";
import { t } from "../../words/words";
import "../../text/text.css";
import { Icon } from "../../ui/Icon";
import { useStore } from "../../ui/store";
import { useKeyed, useTip } from "../../keymap/Key";
import { keepFocus } from "../keepFocus";
import { currentItem, documentNow } from "../marks/document";
import { StrokeBar } from "../marks/StrokeBar";
import { useDesk, useLabeling } from "../useSession";
import { cellsOf } from "./layout";
import { spanMarking } from "./marking";
import { SpanSurface } from "./surface";
import "../marks/marks.css";
import "./spans.css";

function Text({ text, columns }: { text: string; columns: Readonly<Record<string, string>> | null | undefined }) {
  return cellsOf(text, columns).map((cell) => (
    <div key={cell.start} className="span-cell">
      {cell.name !== null && <span className="span-column">{cell.name}</span>}
      <div dir="auto" data-start={cell.start}>
        {cell.text}
      </div>
    </div>
  ));
}

/** Whether every entity has its label's name over it. */
function Names() {
  const { session } = useDesk();
  const { names } = useLabeling().marking;
  return (
    <button type="button" className="quiet small" {...useKeyed("marks.names")} title={useTip("marks.names", t("Names"))} aria-pressed={names !== false} onMouseDown={keepFocus} onClick={() => session.run({ do: "names" })}>
      {t("Names")}
    </button>
  );
}

export function SpanStage() {
  const desk = useDesk();
  const state = useLabeling();
  const { size, font } = useStore(textLook);
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [surface, setSurface] = useState<SpanSurface | null>(null);
  const page = state.pages[0];
  const item = currentItem(page);
  const skipped = item === undefined ? null : (page?.drafts[item.id]?.skipped ?? null);
  useLayoutEffect(() => {
    if (root.current === null || scroller.current === null) return;
    const made = new SpanSurface(root.current, scroller.current, desk);
    setSurface(made);
    scroller.current.focus({ preventScroll: true });
    return () => made.destroy();
  }, [desk]);
  useLayoutEffect(() => {
    if (item !== undefined) surface?.shows(item.id);
  }, [surface, item]);
  return (
    <div className={skipped === null ? "span-stage" : "span-stage is-skipped"}>
      <div ref={scroller} className="span-scroller" data-focus="" role="application" aria-label={t("Text with {marks}", { marks: spanMarking.countText(documentNow(state).marks.length) })} tabIndex={0}>
        <div ref={root} className={`span-text font-${font}`} style={{ fontSize: size }}>
          {item !== undefined && <Text key={item.id} text={item.text ?? ""} columns={item.columns} />}
        </div>
      </div>
      <StrokeBar />
      {skipped !== null && (
        <span className="skipped-badge">
          <Icon name="skip" />{" "}{t("Skipped: {skipped}", { skipped: t(skipped) })}
        </span>
      )}
      <div className="span-bar">
        <span className="ellipsis span-path" title={item?.path}>
          {item?.path}
        </span>
        <span className="ellipsis muted for-mice">{t("Drag over words or double-click one; Alt takes letters. By keyboard: arrows, then a label.")}</span>
        <span className="ellipsis muted for-fingers">{t("Tap a word, another one to take all between them, or press long and pull; then a label.")}</span>
        <span className="grow" />
        <Names />
      </div>
    </div>
  );
}
