import { QUICKLY_COUNTED, useDashboard } from "../projects/queries";
import type { Layout } from "./layout";
import { itemsLeft, pace } from "./pace";
import { visible, type Page } from "./page";
import { SaveState } from "../shell/SaveState";
import { KeyButton, KeyTool } from "../keymap/Key";
import { Icon } from "../ui/Icon";
import { Timer } from "./Timer";
import { useDesk, useLabeling } from "./useSession";
import { n, number, t } from "../words/words";
import "./status.css";

const REFRESH_MS = 60_000; // what is submitted here is subtracted at once

/** Which part of a page is on screen after a switch to a smaller layout. */
function partText(page: Page, layout: Layout): string {
  const { start, items } = visible(page, layout);
  const shown = items.length === 1 ? t("Number {first}", { first: start + 1 }) : t("Numbers {first} to {last}", { first: start + 1, last: start + items.length });
  return t("{shown} of {items}", { shown, items: page.task.items.length });
}

/** Through what was submitted, page by page or from a list. */
function Past() {
  const { session } = useDesk();
  const { history, pages, reopening, lastPages } = useLabeling();
  const again = pages[0]?.again ?? null;
  return (
    <>
      <KeyTool id="page.earlier" className="quiet" title={t("The page before")} disabled={history.length === 0 || reopening} onClick={() => session.run({ do: "walk", by: -1 })}>
        <Icon name="back" />
      </KeyTool>
      <KeyTool id="page.later" className="quiet later" title={t("The page after")} disabled={again === null || reopening} onClick={() => session.run({ do: "walk", by: 1 })}>
        <Icon name="back" />
      </KeyTool>
      <KeyButton id="page.history" className="quiet" aria-pressed={lastPages} onClick={() => session.run({ do: "lastPages" })}>
        {t("My last pages")}
      </KeyButton>
      {again !== null && <span className="chip">{t("Submitted before")}</span>}
    </>
  );
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
      <Past />
      <Timer />
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
