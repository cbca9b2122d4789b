import { QUICKLY_COUNTED, useDashboard } from "../projects/queries";
import type { Layout } from "./layout";
import { itemsLeft, pace } from "./pace";
import { visible, type Page } from "./page";
import { SaveState } from "../shell/SaveState";
import { useDesk, useLabeling } from "./useSession";
import { n, number, t } from "../words/words";

const REFRESH_MS = 60_000; // what is submitted here is subtracted at once

/** Which part of a page is on screen after a switch to a smaller layout. */
function partText(page: Page, layout: Layout): string {
  const { start, items } = visible(page, layout);
  const shown = items.length === 1 ? t("Number {first}", { first: start + 1 }) : t("Numbers {first} to {last}", { first: start + 1, last: start + items.length });
  return t("{shown} of {items}", { shown, items: page.task.items.length });
}

export function StatusBar() {
  const { project, kind } = useDesk();
  const { done, marks, startedAt, pages, layout, unkept } = useLabeling();
  const page = pages[0];
  const { data, dataUpdatedAt } = useDashboard(project.id, REFRESH_MS, project.found <= QUICKLY_COUNTED);
  const now = Math.max(dataUpdatedAt, marks.at(-1)?.at ?? 0);
  const perMinute = pace(marks, startedAt, now);
  return (
    <footer className="status-bar">
      <span className="number">{data ? t("{left} left", { left: number(itemsLeft(data.items.pending, dataUpdatedAt, marks)) }) : "\u00a0"}</span>
      <span className="number">{n(done, "{n} {item} this session", "{n} {item}s this session", { item: kind.item })}</span>
      {page !== undefined && page.task.items.length > layout && <span className="number">{t("{part} on this page", { part: partText(page, layout) })}</span>}
      {perMinute !== null && <span className="number">{t("about {perMinute} a minute", { perMinute })}</span>}
      <span className="grow" />
      {unkept && <span className="save-state pending" role="alert">{t("This browser has no room left to keep drafts: submit before you close it.")}</span>}
      <SaveState />
    </footer>
  );
}
