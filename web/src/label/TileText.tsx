import type { TaskItem } from "../api/types";
import { TextBody } from "../text/TextBody";

/** A text in a tile: scrolls by itself when it is long. */
export default function TileText({ item }: { item: TaskItem }) {
  return (
    <div className="tile-text">
      <TextBody text={item.text} columns={item.columns} />
    </div>
  );
}
