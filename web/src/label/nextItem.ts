import type { TaskItem } from "../api/types";
import type { LabelingState } from "./state";

/** The item whose image comes after the one on screen, where images are shown one at a time. */
export function nextItem({ pages: [page, after], layout }: Pick<LabelingState, "pages" | "layout">): TaskItem | null {
  const next = page?.task.items[page.cursor + 1] ?? after?.task.items[0];
  return layout === 1 && next !== undefined && next.text == null ? next : null;
}
