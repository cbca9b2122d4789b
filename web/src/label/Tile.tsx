import { memo, Suspense, type MouseEvent } from "react";
import type { TaskItem } from "../api/types";
import { suggestionOf, suggestionText } from "../answers/suggestions";
import { shortName } from "../labels/tree";
import { Icon } from "../ui/Icon";
import { removeLabel, clear } from "./answer";
import { keepFocus } from "./keepFocus";
import { moveTo, type Draft } from "./page";
import { selectRange, toggleAt } from "./select";
import { SentBack } from "./SentBack";
import { SuggestionChip } from "./SuggestionChip";
import { TileText } from "./textParts";
import { TileImage } from "./TileImage";
import { useDesk } from "./useSession";
import { t } from "../words/words";

interface TileProps {
  item: TaskItem;
  draft: Draft | undefined;
  /** The place in the task, from 0; `number` is the place on screen, from 1. */
  position: number;
  number: number;
  columns: number;
  current: boolean;
  selected: boolean;
}

function spoken(name: string, item: TaskItem, draft: Draft | undefined): string {
  if (draft === undefined) return t("{name}, no answer yet", { name });
  if (draft.skipped !== null) return t("{name}, skipped: {skipped}", { name, skipped: t(draft.skipped) });
  return `${name}: ${draft.labels.join(", ")}${draft.suggested === true ? `, ${suggestionText(suggestionOf(item))}` : ""}`;
}

function useTileClick(position: number, columns: number): (event: MouseEvent) => void {
  const { session } = useDesk();
  return (event) => {
    if (columns === 1) session.change((page) => moveTo(page, position));
    else if (event.shiftKey) session.change((page) => selectRange(page, position));
    else session.change((page) => toggleAt(page, position));
  };
}

function LabelChip({ item, path, removable }: { item: TaskItem; path: string; removable: boolean }) {
  const { session, byPath, labels } = useDesk();
  const label = byPath.get(path);
  return (
    <span className="answer" title={path}>
      <span className="dot" style={{ background: label?.color }} />
      <span className="ellipsis">{label ? shortName(label, labels) : path}</span>
      {removable && (
        <button
          type="button"
          className="answer-remove"
          tabIndex={-1}
          aria-label={t("Remove {path}", { path })}
          onMouseDown={keepFocus}
          onClick={() => session.change((page) => removeLabel(page, item.id, path))}
        >
          <Icon name="close" />
        </button>
      )}
    </span>
  );
}

/** For eyes and the mouse: all it says is in the tile's name, and keys do what its buttons do. */
function TileFoot({ item, draft, number }: Pick<TileProps, "item" | "draft" | "number">) {
  const { session, byPath, kind } = useDesk();
  const color = byPath.get(draft?.labels[0] ?? "")?.color;
  return (
    <div className="tile-foot" aria-hidden="true" style={color === undefined ? {} : { borderColor: color }}>
      <span className="tile-number number">{number}</span>
      {draft?.skipped != null && (
        <span className="answer skipped">
          <Icon name="skip" />
          <span className="ellipsis">{t("Skipped: {skipped}", { skipped: t(draft.skipped) })}</span>
        </span>
      )}
      {draft?.labels.map((path) => (
        <LabelChip key={path} item={item} path={path} removable={kind.choice === "many"} />
      ))}
      {draft?.suggested === true && <SuggestionChip suggestion={suggestionOf(item)} />}
      <span className="grow" />
      {draft !== undefined && (
        <button
          type="button"
          className="tile-clear"
          tabIndex={-1}
          aria-label={t("Clear {item} {number}", { item: kind.item, number })}
          title={t("Clear")}
          onMouseDown={keepFocus}
          onClick={() => session.change((page) => clear(page, [item.id]))}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

export const Tile = memo(function Tile(props: TileProps) {
  const { item, draft, position, number, columns, current, selected } = props;
  const { session, kind } = useDesk();
  const onClick = useTileClick(position, columns);
  const state = [current && "current", selected && "selected", draft && "answered", draft?.skipped != null && "is-skipped", draft?.suggested === true && item.trusted === false && "unsure"];
  return (
    <div className={["tile", ...state].filter(Boolean).join(" ")} role="presentation">
      <SentBack item={item} />
      <div
        className="tile-body"
        role="option"
        tabIndex={current ? 0 : -1}
        aria-selected={selected}
        onClick={onClick}
        onDoubleClick={() => session.run({ do: "open", overlay: "enlarge" })}
      >
        <span className="visually-hidden">{spoken(t("{Item} {number}", { item: kind.item, number }), item, draft)}</span>
        {kind.item === "text" ? (
          <Suspense>
            <TileText item={item} />
          </Suspense>
        ) : (
          <TileImage item={item} columns={columns} />
        )}
        {columns > 1 && (
          <span className="tile-check" aria-hidden="true">
            <Icon name="check" />
          </span>
        )}
      </div>
      <TileFoot item={item} draft={draft} number={number} />
    </div>
  );
});
