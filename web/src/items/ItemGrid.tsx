import { lazy, memo, Suspense, useEffect, useRef, type MouseEvent } from "react";
import type { Item } from "../api/types";
import { answerText } from "../answers/answerText";
import { AnsweredText } from "../answers/AnsweredText";
import { useItemsShown, useReview, useReviewState } from "../review/context";
import { Facts, statusText } from "../review/Facts";
import { percent } from "../review/history";
import { placeOf } from "../review/selection";
import { Icon } from "../ui/Icon";
import type { Thumbnail } from "./thumbnails";
import { t } from "../words/words";

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
      {url !== null && <img src={url} alt="" loading="lazy" draggable={false} />}
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
  const { annotation, path, gold } = item;
  const agreement = annotation?.agreement ?? null;
  const text = answerText(annotation?.answer, annotation?.skipped);
  return [path, text, statusText(item), annotation?.approved === true && t("approved"), agreement !== null && t("{agreement} agreement", { agreement: percent(agreement) }), gold && t("gold")].filter(Boolean).join(", ");
}

const ItemTile = memo(function ItemTile({ item, thumbnail, current, selected, reachable }: TileProps & { current: boolean; selected: boolean; reachable: boolean }) {
  const { session, people, colors } = useReview();
  const { annotation } = item;
  const text = annotation === null ? "" : answerText(annotation.answer, annotation.skipped);
  const label = annotation?.answer && "labels" in annotation.answer ? annotation.answer.labels[0] : undefined;
  const onClick = (event: MouseEvent) => session.click(item.id, event.shiftKey);
  return (
    <div className={["item-tile", current && "current", selected && "selected"].filter(Boolean).join(" ")} role="presentation">
      <div
        className="item-body"
        role="option"
        aria-selected={selected}
        aria-label={spoken(item)}
        tabIndex={reachable ? 0 : -1}
        data-item={item.id}
        onFocus={() => session.focus(item.id)}
        onClick={onClick}
        onDoubleClick={() => session.open(item.id)}
      >
        {item.text === null ? <Picture item={item} thumbnail={thumbnail} /> : <Words item={item} />}
        <span className="item-facts">
          <Facts item={item} names={people.names} all={false} />
        </span>
        <span className="tile-mark" aria-hidden="true">
          <Icon name="check" />
        </span>
      </div>
      <div className="item-foot">
        {label !== undefined && <span className="dot" style={{ background: colors.get(label) }} />}
        <span className="ellipsis grow">{text || <span className="faint">{item.path.slice(item.path.lastIndexOf("/") + 1)}</span>}</span>
        <button type="button" className="item-open" tabIndex={-1} aria-label={t("Open {path}", { path: item.path })} title={t("Open (Enter)")} onClick={() => session.open(item.id)}>
          <Icon name="enlarge" />
        </button>
      </div>
    </div>
  );
});

const columnsOf = (tiles: readonly HTMLElement[]) => {
  const top = tiles[0]?.offsetTop;
  const columns = tiles.findIndex((tile) => tile.offsetTop !== top);
  return columns < 0 ? tiles.length : columns;
};

/** Keeps the focus on the item that the keys are about, wherever nothing else has it. */
function useGrid() {
  const { session } = useReview();
  const { selection, view, ask, keys } = useReviewState();
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => session.measure(() => columnsOf([...(grid.current?.querySelectorAll<HTMLElement>(".item-tile") ?? [])])), [session]);
  useEffect(() => {
    const focused = document.activeElement;
    const free = focused === null || focused === document.body || grid.current?.contains(focused) === true;
    if (!free || selection.cursor === null || view !== "grid" || ask !== null || keys) return;
    grid.current?.querySelector<HTMLElement>(`[data-item="${selection.cursor}"]`)?.focus();
  }, [selection.cursor, view, ask, keys]);
  return grid;
}

export function ItemGrid({ thumbnails }: { thumbnails: ReadonlyMap<string, Thumbnail> }) {
  const { word } = useReview();
  const items = useItemsShown();
  const { selection } = useReviewState();
  const grid = useGrid();
  const texts = items.some(({ text }) => text !== null);
  const place = placeOf(selection, items.map(({ id }) => id));
  return (
    <div ref={grid} className={texts ? "item-grid texts" : "item-grid"} role="listbox" aria-multiselectable="true" aria-label={t("{item}s", { item: word })}>
      {items.map((item, index) => (
        <ItemTile
          key={item.id}
          item={item}
          thumbnail={thumbnails.get(item.id)}
          current={item.id === selection.cursor}
          selected={selection.selected.has(item.id)}
          reachable={index === place}
        />
      ))}
    </div>
  );
}
