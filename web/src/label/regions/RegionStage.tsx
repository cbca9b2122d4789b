import { useLayoutEffect, useRef, useState } from "react";
import { useSlow } from "../../ui/hooks";
import { Icon } from "../../ui/Icon";
import { useStore } from "../../ui/store";
import { BrokenImage } from "../BrokenImage";
import { currentItem, documentNow } from "../marks/document";
import { StrokeBar } from "../marks/StrokeBar";
import { useDesk, useLabeling } from "../useSession";
import type { RegionMarks } from "./keys";
import { RegionSurface } from "./surface";
import { Toolbar } from "./Toolbar";
import { ViewBar } from "./ViewBar";
import { t } from "../../words/words";
import "../marks/marks.css";
import "./regions.css";

function Waiting({ surface }: { surface: RegionSurface }) {
  const { image } = useStore(surface.state);
  const slow = useSlow(image === "loading");
  const item = currentItem(useLabeling().pages[0]);
  if (image === "loading") return slow ? <div className="skeleton region-cover" /> : null;
  if (image === "shown" || item === undefined) return null;
  return (
    <div className="region-cover region-broken">
      <BrokenImage item={item} onRetry={() => surface.retry()} />
    </div>
  );
}

/** What a screen reader says of the canvas; the list beside it has the regions one by one. */
function useSpoken(marks: RegionMarks): string {
  const { view } = useDesk();
  const state = useLabeling();
  const item = currentItem(state.pages[0]);
  const skipped = item === undefined ? undefined : state.pages[0]?.drafts[item.id]?.skipped;
  if (skipped != null) return t("Image, skipped: {skipped}", { skipped: t(skipped) });
  return t("Image with {marks}", { marks: view?.marking.countText(documentNow(state).marks.length) ?? marks });
}

export function RegionStage({ marks }: { marks: RegionMarks }) {
  const desk = useDesk();
  const { pages } = useLabeling();
  const host = useRef<HTMLDivElement>(null);
  const [surface, setSurface] = useState<RegionSurface | null>(null);
  useLayoutEffect(() => {
    if (host.current === null) return;
    const made = new RegionSurface(host.current, desk, marks);
    setSurface(made);
    host.current.focus({ preventScroll: true });
    return () => made.destroy();
  }, [desk, marks]);
  const item = currentItem(pages[0]);
  const skipped = item === undefined ? null : (pages[0]?.drafts[item.id]?.skipped ?? null);
  return (
    <div className="region-stage">
      <Toolbar marks={marks} />
      <div className={skipped === null ? "region-frame" : "region-frame is-skipped"}>
        <div ref={host} className="region-host" data-focus="" role="application" aria-label={useSpoken(marks)} tabIndex={0} />
        {surface !== null && <Waiting surface={surface} />}
        <StrokeBar />
        {skipped !== null && (
          <span className="skipped-badge">
            <Icon name="skip" />{" "}{t("Skipped: {skipped}", { skipped: t(skipped) })}
          </span>
        )}
      </div>
      {surface === null ? <div className="view-bar" /> : <ViewBar surface={surface} />}
    </div>
  );
}
