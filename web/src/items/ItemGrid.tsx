import { lazy, memo, Suspense, useEffect, useRef, type MouseEvent } from "react";
import type { Item } from "../api/types";
import { answerText } from "../answers/answerText";
import { AnsweredText } from "../answers/AnsweredText";
import { useItemsShown, useReview, useReviewState } from "../review/context";
import { Facts, statusText } from "../review/Facts";
import { percent } from "../answers/suggestions";
import { placeOf } from "../review/selection";
import { Icon } from "../ui/Icon";
import { t } from "../words/words";
import { heightOf, topOf, useRows, type Layout, type Span } from "./rows";
import type { Thumbnail, ThumbnailsById } from "./thumbnails";

const AnsweredImage = lazy(() => import("../answers/AnsweredImage"));

interface TileProps {
  item: Item;
  thumbnail: Thumbnail | undefined;
}

function Picture({ item, thumbnail }: TileProps) {
  const { colors } = useReview();
  const reason = item.defect ?? thumbnail?.reason;
  if (reason != null) return <span className="item-image item-defect small">{reason}</span>;
  const answer = item.annotation?.answer ?? null;
  const url = thumbnail?.url ?? item.url;
  const size = item.width && item.height ? { width: item.width, height: item.height } : null;
  return (
    <span className="item-image">
      {url !== null && <img src={url} alt="" decoding="async" draggable={false} />}
      {answer !== null && !("labels" in answer) && (
        <Suspense>
          <AnsweredImage answer={answer} size={size} colors={colors} />
        </Suspense>
      )}
    </span>
  );
}

function Words({ item }: { item: Item }) {
  const { colors } = useReview();
  return (
    <span className="item-text">
      <AnsweredText text={item.text ?? ""} columns={item.columns} answer={item.annotation?.answer ?? null} colors={colors} size={12.5} />
    </span>
  );
}

function spoken(item: Item): string {
  const { annotation, path, gold, flags } = item;
  const agreement = annotation?.agreement ?? null;
  const text = answerText(annotation?.answer, annotation?.skipped);
  return [path, text, statusText(item), annotation?.approved === true && t("approved"), agreement !== null && t("{agreement} agreement", { agreement: percent(agreement) }), gold && t("gold"), flags.length > 0 && t("flagged")].filter(Boolean).join(", ");
}

interface ItemTileProps extends TileProps {
  column: number;
  current: boolean;
  selected: boolean;
  reachable: boolean;
}

/** Whoever cannot see it hears what it is and how it was answered, and then a text itself. */
const ItemTile = memo(function ItemTile({ item, thumbnail, column, current, selected, reachable }: ItemTileProps) {
  const { session, people, colors } = useReview();
  const { annotation } = item;
  const text = annotation === null ? "" : answerText(annotation.answer, annotation.skipped);
  const label = annotation?.answer && "labels" in annotation.answer ? annotation.answer.labels[0] : undefined;
  const open = (event: MouseEvent) => {
    event.stopPropagation();
    session.open(item.id);
  };
  return (
    <div
      className={["item-tile", current && "current", selected && "selected"].filter(Boolean).join(" ")}
      role="gridcell"
      aria-colindex={column}
      aria-selected={selected}
      tabIndex={reachable ? 0 : -1}
      data-item={item.id}
      onFocus={() => session.focus(item.id)}
      onClick={(event) => session.click(item.id, event.shiftKey)}
      onDoubleClick={open}
    >
      <span className="visually-hidden">{spoken(item)}</span>
      <div className="item-body">
        {item.text === null ? <Picture item={item} thumbnail={thumbnail} /> : <Words item={item} />}
        <span className="item-facts" aria-hidden="true">
          <Facts item={item} names={people.names} all={false} />
        </span>
        <span className="tile-mark" aria-hidden="true">
          <Icon name="check" />
        </span>
      </div>
      <div className="item-foot">
        {label !== undefined && <span className="dot" style={{ background: colors.get(label) }} />}
        <span className="ellipsis grow" title={item.path} aria-hidden="true">
          {text || <span className="faint">{item.path.slice(item.path.lastIndexOf("/") + 1)}</span>}
        </span>
        <button type="button" className="item-open" tabIndex={-1} aria-label={t("Open (Enter)")} title={t("Open (Enter)")} onClick={open} onDoubleClick={(event) => event.stopPropagation()}>
          <Icon name="enlarge" />
        </button>
      </div>
    </div>
  );
});

/** Keeps the focus on the item that the keys are about, wherever nothing else has it. */
function useFocus(layout: Layout) {
  const { session } = useReview();
  const { selection, view, ask, keys } = useReviewState();
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => session.measure(() => layout.columns), [session, layout]);
  useEffect(() => {
    const focused = document.activeElement;
    const free = focused === null || focused === document.body || grid.current?.contains(focused) === true;
    if (!free || selection.cursor === null || view !== "grid" || ask !== null || keys) return;
    grid.current?.querySelector<HTMLElement>(`[data-item="${selection.cursor}"]`)?.focus();
  }, [selection.cursor, view, ask, keys]);
  return grid;
}

interface GridProps {
  thumbnails: ThumbnailsById;
  /** Told of the places that are drawn. */
  onSight: (places: Span) => void;
}

/** The rows that are drawn: those in sight, and the one with the cursor, so that the focus is never lost. */
function rowsToDraw({ first, end }: Span, cursor: number): number[] {
  const rows = Array.from({ length: end - first }, (_, index) => first + index);
  return cursor < first ? [cursor, ...rows] : cursor >= end ? [...rows, cursor] : rows;
}

/** All items in a grid of which only what is in sight is there. */
export function ItemGrid({ thumbnails, onSight }: GridProps) {
  const { word } = useReview();
  const items = useItemsShown();
  const { selection } = useReviewState();
  const host = useRef<HTMLDivElement>(null);
  const texts = items.some(({ text }) => text !== null);
  const { layout, rows, span } = useRows(host, items.length, texts);
  const { columns } = layout;
  const grid = useFocus(layout);
  const { first, end } = span;
  useEffect(() => onSight({ first: first * columns, end: end * columns }), [onSight, first, end, columns]);
  const place = placeOf(selection, items.map(({ id }) => id));
  return (
    <div ref={host} className="item-window" style={{ height: heightOf(layout, rows) }}>
      {rows > 0 && (
        <div ref={grid} className="item-grid" role="grid" aria-multiselectable="true" aria-rowcount={rows} aria-colcount={columns} aria-label={t("{item}s", { item: word })}>
          {rowsToDraw({ first, end: Math.min(end, rows) }, Math.floor(place / columns)).map((row) => (
            <div key={row} className="item-row" role="row" aria-rowindex={row + 1} style={{ top: topOf(layout, row), height: layout.tile, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
              {items.slice(row * columns, (row + 1) * columns).map((item, index) => (
                <ItemTile
                  key={item.id}
                  item={item}
                  thumbnail={thumbnails.get(item.id)}
                  column={index + 1}
                  current={item.id === selection.cursor}
                  selected={selection.selected.has(item.id)}
                  reachable={row * columns + index === place}
                />
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
