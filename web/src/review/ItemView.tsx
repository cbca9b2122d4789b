import { useState } from "react";
import type { Item, ItemDetail } from "../api/types";
import { answerText } from "../answers/answerText";
import { useItem, usePrefetch } from "../items/queries";
import { KeyTool } from "../keymap/Key";
import { Dialog } from "../ui/Dialog";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { useItemsShown, useReview, useReviewState } from "./context";
import { Facts } from "./Facts";
import { HistoryList } from "./HistoryList";
import { ChangedItems, ReviewNotice } from "./Notices";
import { Picture } from "./Picture";
import { Deeds } from "./ReviewBar";
import { placeOf } from "./selection";
import type { Layer } from "./viewedRegions";
import { Votes, votesOf } from "./Votes";
import { number, t } from "../words/words";

/** What lies over the item: what is pointed at, what was picked from its history, what stands, or all the votes. */
function layersOf(item: Item, detail: ItemDetail | undefined, pointed: Layer | null, picked: number | null): readonly Layer[] {
  if (pointed !== null) return [pointed];
  const revision = detail?.history.find((made) => made.revision === picked)?.answer;
  if (revision != null) return [{ key: "picked", answer: revision, color: null }];
  const standing = item.annotation?.answer;
  if (standing != null) return [{ key: "standing", answer: standing, color: null }];
  return detail === undefined || item.status !== "needs_review" ? [] : votesOf(detail);
}

function Steps() {
  const { session } = useReview();
  const items = useItemsShown();
  const { selection } = useReviewState();
  const place = placeOf(selection, items.map(({ id }) => id));
  const listed = items.some(({ id }) => id === selection.cursor);
  return (
    <span className="row">
      <KeyTool id="reviewItem.before" title={t("The one before")} className="quiet square" disabled={listed && place <= 0} onClick={() => session.run({ do: "step", by: -1 })}>
        <Icon name="back" />
      </KeyTool>
      <span className="muted number">
        {listed && t("{place} of {items}", { place: place + 1, items: number(items.length) })}
      </span>
      <KeyTool id="reviewItem.next" title={t("The next")} className="quiet square flipped" disabled={listed && place >= items.length - 1} onClick={() => session.run({ do: "step", by: 1 })}>
        <Icon name="back" />
      </KeyTool>
    </span>
  );
}

function Panel({ item, detail, pointed, picked, onPoint, onPick }: { item: Item; detail: ItemDetail | undefined; pointed: Layer | null; picked: number | null; onPoint: (layer: Layer | null) => void; onPick: (revision: number | null) => void }) {
  const { people, project } = useReview();
  const { error } = useItem(project.id, item.id);
  const text = answerText(item.annotation?.answer, item.annotation?.skipped);
  return (
    <aside className="item-panel" aria-label={t("About it")}>
      <Steps />
      {text !== "" && <p className="item-answer">{text}</p>}
      <p className="row wrap">
        <Facts item={item} names={people.names} all />
        {item.width !== null && item.height !== null && (
          <span className="muted small number">
            {item.width} × {item.height}
          </span>
        )}
      </p>
      <div className="item-deeds">
        <Deeds targets={[item]} />
      </div>
      <Failure of={error} />
      {detail !== undefined && <Votes item={detail} shown={pointed} onShow={onPoint} />}
      {detail !== undefined && <HistoryList item={detail} shown={picked} onShow={onPick} />}
    </aside>
  );
}

function Opened({ item }: { item: Item }) {
  const { project } = useReview();
  const { data } = useItem(project.id, item.id);
  const [pointed, setPointed] = useState<Layer | null>(null);
  const [picked, setPicked] = useState<number | null>(null);
  const detail = data === undefined ? undefined : { ...data, status: item.status, annotation: item.annotation };
  return (
    <div className="item-view">
      <div className="item-stage" data-focus="" tabIndex={-1} role="group" aria-label={t("The item")}>
        <Picture item={item} layers={layersOf(item, detail, pointed, picked)} />
      </div>
      <Panel item={item} detail={detail} pointed={pointed} picked={picked} onPoint={setPointed} onPick={setPicked} />
    </div>
  );
}

/** One item as large as the window, with all that was said of it and done to it. */
export function ItemView({ id }: { id: string }) {
  const { session, project } = useReview();
  const items = useItemsShown();
  const { data, error } = useItem(project.id, id);
  const item = session.find(id) ?? data;
  usePrefetch(project.id, items[items.findIndex((one) => one.id === id) + 1]);
  return (
    <Dialog title={item?.path ?? t("Item")} className="enlarged item-dialog" onClose={() => session.run({ do: "close" })}>
      <ChangedItems />
      {item !== undefined && <Opened key={id} item={item} />}
      {item === undefined && <Failure of={error} banner />}
      <ReviewNotice />
    </Dialog>
  );
}
