import { lazy, Suspense, useEffect, useRef } from "react";
import { useSlow } from "../ui/hooks";
import { soon } from "../ui/soon";
import { Banners } from "./Banners";
import { gridFor } from "./layout";
import { NextImage } from "./NextImage";
import { NoticeLine } from "./NoticeLine";
import { currentItem } from "./marks/document";
import { visible, type Page } from "./page";
import { SentBack } from "./SentBack";
import { Tile } from "./Tile";
import { useDesk, useLabeling } from "./useSession";
import { n, t } from "../words/words";

const Closed = soon(() => import("./Closed"));
const PageHint = lazy(() => import("./PageHint"));

/** Moves the focus along with the cursor, unless it is in a field or a tool. */
function useFocusOnCursor(page: Page): React.RefObject<HTMLDivElement | null> {
  const grid = useRef<HTMLDivElement>(null);
  const { task, cursor } = page;
  useEffect(() => {
    const focused = document.activeElement;
    const free = focused === null || focused === document.body || grid.current?.contains(focused);
    if (free) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }, [task.id, cursor]);
  return grid;
}

function Grid({ page }: { page: Page }) {
  const { kind } = useDesk();
  const { layout } = useLabeling();
  const { start, items } = visible(page, layout);
  const { columns, rows } = gridFor(page.task.items.length, layout);
  const ref = useFocusOnCursor(page);
  return (
    <div
      ref={ref}
      className={`tiles columns-${columns} rows-${rows}`}
      role="listbox"
      aria-multiselectable="true"
      aria-label={`${n(items.length, "{n} {item}", "{n} {item}s", { item: kind.item })}, ${kind.title.toLowerCase()}`}
    >
      {items.map((item, index) => (
        <Tile
          key={item.id}
          item={item}
          draft={page.drafts[item.id]}
          position={start + index}
          number={index + 1}
          columns={columns}
          current={start + index === page.cursor}
          selected={page.selected.has(item.id)}
        />
      ))}
    </div>
  );
}

function WaitingTiles() {
  const { layout, problem } = useLabeling();
  const slow = useSlow(true);
  const { columns, rows } = gridFor(layout, layout);
  if (!slow) return <div className="tiles" aria-busy="true" />;
  return (
    <div className={`tiles columns-${columns} rows-${rows}`} aria-busy="true" aria-label={t("The next page is on its way")}>
      {Array.from({ length: layout }, (_, index) => (
        <div key={index} className="skeleton" />
      ))}
      {problem !== null && (
        <p className="banner waiting-problem" role="alert">
          {t("{problem} Trying again by itself.", { problem })}
        </p>
      )}
    </div>
  );
}

export function Stage() {
  const { phase, pages } = useLabeling();
  const { view } = useDesk();
  const page = pages[0];
  return (
    <main className="stage">
      <NextImage />
      <Banners />
      {view !== null && <SentBack item={currentItem(page)} />}
      {/* Fetched as soon as such a page is at hand, while the network is. */}
      {pages.some(({ task }) => task.type !== "manual") && (
        <Suspense>
          <PageHint />
        </Suspense>
      )}
      {page !== undefined && (view === null ? <Grid page={page} /> : <view.Stage />)}
      {page === undefined && phase === "loading" && <WaitingTiles />}
      {page === undefined && phase !== "loading" && (
        <Suspense fallback={<div className="closed" />}>
          <Closed />
        </Suspense>
      )}
      <NoticeLine />
    </main>
  );
}
