import { lazy, Suspense, type KeyboardEvent } from "react";
import type { Item } from "../api/types";
import { answerText } from "../answers/answerText";
import { AnsweredText } from "../answers/AnsweredText";
import { Icon } from "../ui/Icon";
import type { Thumbnail } from "./thumbnails";

const AnsweredImage = lazy(() => import("../answers/AnsweredImage"));

/** Arrow keys walk the grid as it lies on screen, whatever number of columns fits. */
function onArrow(event: KeyboardEvent<HTMLElement>): void {
  const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = tiles.findIndex((tile) => tile === document.activeElement);
  const top = tiles[0]?.offsetTop;
  const columns = tiles.findIndex((tile) => tile.offsetTop !== top);
  const row = columns < 0 ? tiles.length : columns;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -row, ArrowDown: row }[event.key];
  if (at < 0 || step === undefined) return;
  event.preventDefault();
  tiles[at + step]?.focus();
}

interface TileProps {
  item: Item;
  thumbnail: Thumbnail | undefined;
  colors: ReadonlyMap<string, string>;
}

function Picture({ item, thumbnail, colors }: TileProps) {
  const reason = item.defect ?? thumbnail?.reason;
  if (reason != null) return <span className="item-image item-defect small">{reason}</span>;
  const answer = item.annotation?.answer ?? null;
  const url = thumbnail?.url ?? item.url;
  const size = item.width && item.height ? { width: item.width, height: item.height } : null;
  return (
    <span className="item-image">
      {url !== null && <img src={url} alt="" loading="lazy" />}
      {answer !== null && !("labels" in answer) && (
        <Suspense>
          <AnsweredImage answer={answer} size={size} colors={colors} />
        </Suspense>
      )}
    </span>
  );
}

function Words({ item, colors }: Omit<TileProps, "thumbnail">) {
  return (
    <span className="item-text">
      <AnsweredText text={item.text ?? ""} columns={item.columns} answer={item.annotation?.answer ?? null} colors={colors} size={12.5} />
    </span>
  );
}

function ItemTile({ item, thumbnail, colors, onOpen }: TileProps & { onOpen: () => void }) {
  const { annotation } = item;
  const text = annotation === null ? item.status.replace("_", " ") : answerText(annotation.answer, annotation.skipped);
  const label = annotation?.answer && "labels" in annotation.answer ? annotation.answer.labels[0] : undefined;
  return (
    <li>
      <button type="button" className="item-tile" onClick={onOpen} aria-label={`${item.path}, ${text}`}>
        {item.text === null ? <Picture item={item} thumbnail={thumbnail} colors={colors} /> : <Words item={item} colors={colors} />}
        <span className="item-foot">
          {label !== undefined && <span className="dot" style={{ background: colors.get(label) }} />}
          <span className={annotation === null ? "ellipsis faint grow" : "ellipsis grow"}>{text}</span>
          {annotation?.approved === true && <Icon name="check" />}
        </span>
      </button>
    </li>
  );
}

interface ItemGridProps {
  items: readonly Item[];
  thumbnails: ReadonlyMap<string, Thumbnail>;
  colors: ReadonlyMap<string, string>;
  onOpen: (id: string) => void;
}

export function ItemGrid({ items, thumbnails, colors, onOpen }: ItemGridProps) {
  const texts = items.some(({ text }) => text !== null);
  return (
    <ul className={texts ? "item-grid texts" : "item-grid"} onKeyDown={onArrow}>
      {items.map((item) => (
        <ItemTile key={item.id} item={item} thumbnail={thumbnails.get(item.id)} colors={colors} onOpen={() => onOpen(item.id)} />
      ))}
    </ul>
  );
}
