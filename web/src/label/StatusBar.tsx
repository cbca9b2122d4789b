import { QUICKLY_COUNTED, useDashboard } from "../projects/queries";
import type { Layout } from "./layout";
import { itemsLeft, pace } from "./pace";
import { visible, type Page } from "./page";
import { SaveState } from "../shell/SaveState";
import { useDesk, useLabeling } from "./useSession";
import { plural } from "../ui/wording";

const REFRESH_MS = 60_000; // what is submitted here is subtracted at once

/** Which part of a page is on screen after a switch to a smaller layout. */
function partText(page: Page, layout: Layout): string {
  const { start, items } = visible(page, layout);
  const shown = items.length === 1 ? `Number ${start + 1}` : `Numbers ${start + 1} to ${start + items.length}`;
  return `${shown} of ${page.task.items.length}`;
}

export function StatusBar() {
  const { project, kind } = useDesk();
  const { done, marks, startedAt, pages, layout } = useLabeling();
  const page = pages[0];
  const { data, dataUpdatedAt } = useDashboard(project.id, REFRESH_MS, project.found <= QUICKLY_COUNTED);
  const now = Math.max(dataUpdatedAt, marks.at(-1)?.at ?? 0);
  const perMinute = pace(marks, startedAt, now);
  return (
    <footer className="status-bar">
      <span className="number">{data ? `${itemsLeft(data.items.pending, dataUpdatedAt, marks).toLocaleString("en")} left` : "\u00a0"}</span>
      <span className="number">{plural(done, kind.item)} this session</span>
      {page !== undefined && page.task.items.length > layout && <span className="number">{partText(page, layout)} on this page</span>}
      {perMinute !== null && <span className="number">about {perMinute} a minute</span>}
      <span className="grow" />
      <SaveState />
    </footer>
  );
}
