import type { KeyboardEvent } from "react";
import type { Item } from "../api/types";
import { answerText } from "../answers/answerText";

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

function ItemTile({ item, colors, onOpen }: { item: Item; colors: ReadonlyMap<string, string>; onOpen: () => void }) {
  const { annotation } = item;
  const text = annotation === null ? item.status.replace("_", " ") : answerText(annotation.answer, annotation.skipped);
  const label = annotation?.answer && "labels" in annotation.answer ? annotation.answer.labels[0] : undefined;
  return (
    <li>
      <button type="button" className="item-tile" onClick={onOpen} aria-label={`${item.path}, ${text}`}>
        {item.url === null ? <span className="item-image" /> : <img className="item-image" src={item.url} alt="" loading="lazy" />}
        <span className="item-foot">
          {label !== undefined && <span className="dot" style={{ background: colors.get(label) }} />}
          <span className={annotation === null ? "ellipsis faint" : "ellipsis"}>{text}</span>
        </span>
      </button>
    </li>
  );
}

export function ItemGrid({ items, colors, onOpen }: { items: readonly Item[]; colors: ReadonlyMap<string, string>; onOpen: (id: string) => void }) {
  return (
    <ul className="item-grid" onKeyDown={onArrow}>
      {items.map((item) => (
        <ItemTile key={item.id} item={item} colors={colors} onOpen={() => onOpen(item.id)} />
      ))}
    </ul>
  );
}
