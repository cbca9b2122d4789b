import { useCallback, useEffect, useRef, useState } from "react";
import type { Answer, Item, ItemDetail } from "../api/types";
import { useItem } from "../items/queries";
import { kindOf } from "../kinds/kinds";
import { Key, useKeyed } from "../keymap/Key";
import { lookUp } from "../keymap/keymap";
import type { CommandId } from "../keymap/table";
import { modeOf } from "../label/keys";
import { LabelPanel } from "../label/LabelPanel";
import { useMarkingView } from "../label/marks/load";
import { NoticeLine } from "../label/NoticeLine";
import { hasDrafts } from "../label/page";
import { DeskContext, useRunning, type Desk } from "../label/useSession";
import { usePerson } from "../shell/person";
import { Dialog } from "../ui/Dialog";
import { useStore } from "../ui/store";
import { useReview, useReviewState } from "./context";
import { answerOn, beginAnew, correctionDesk, isBegun, isOvertaken, letsGo } from "./correctionDesk";
import { ChangedItems, ReviewNotice } from "./Notices";
import { Picture } from "./Picture";
import { t } from "../words/words";
import "../label/label.css";
import "../label/touch.css";
import "../label/narrow.css";

/** Whether a command is of the page that an item is labeled on, and means nothing here. */
function isElsewhere(id: CommandId | null, { view }: Desk): boolean {
  if (id === null) return false;
  return /^(page|everywhere)\./.test(id) || (view === null && (id === "grid.enlarge" || id === "answer.remove"));
}

function useCorrectionKeys(desk: Desk, save: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || target?.closest("input, textarea, select, [popover]") != null) return;
      if ((event.key === "Enter" || event.key === " ") && target?.closest("button, a") != null) return;
      const id = lookUp(event, modeOf(desk.kind));
      if (id === "page.submit") save();
      else if (event.key === "Escape" && !letsGo(desk)) return;
      else if (isElsewhere(id, desk)) return;
      else if (!desk.session.press(event)) return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [desk, save]);
}

interface EditorProps {
  item: Item;
  /** What stands, to begin with. */
  answer: Answer | null;
  desk: Desk;
}

function useSaving({ item, answer: first, desk }: EditorProps) {
  const { session } = useReview();
  const [saving, setSaving] = useState(false);
  const [save] = useState(() => {
    let busy = false;
    return () => {
      const answer = busy ? null : answerOn(desk);
      if (answer === null) return;
      setSaving((busy = true));
      void session.correct(item.id, answer, () => beginAnew(desk, item, first)).then(() => setSaving((busy = false)));
    };
  });
  return { saving, save };
}

/** Said when somebody else was quicker: the correction is not lost. */
function Overtaken({ id }: { id: string }) {
  const { changed } = useReviewState();
  if (!changed.some(({ item }) => item === id)) return null;
  return (
    <>
      <ChangedItems />
      <p className="muted">{t("Your correction is still here. Save it again to put it in the place of theirs, or cancel.")}</p>
    </>
  );
}

/** Whether an earlier visit has left the correction on the desk. */
function useResumed({ session }: Desk): boolean {
  const [page] = useStore(session.state).pages;
  const [first, setFirst] = useState(page);
  if (first === undefined && page !== undefined) setFirst(page);
  return first !== undefined && hasDrafts(first);
}

function Resumed({ item, answer, desk }: EditorProps) {
  const resumed = useResumed(desk);
  if (!resumed || !isBegun(desk)) return null;
  return (
    <p className="banner">
      <span className="grow">
        {t("You began this correction before: it was kept in this browser.")} {isOvertaken(desk, item) && t("The answer has changed since.")}
      </span>
      <button type="button" onClick={() => beginAnew(desk, item, answer)}>
        {t("Begin anew")}
      </button>
    </p>
  );
}

/** What was done and not saved is kept for the next time. */
function useLeaving(desk: Desk): () => void {
  const { session } = useReview();
  return useCallback(() => {
    desk.session.host.surface()?.finish();
    if (isBegun(desk)) session.say(t("Your correction is not saved, but kept: “Correct” goes on with it."), "warning");
  }, [desk, session]);
}

function Editor({ item, answer, desk }: EditorProps) {
  const { session } = useReview();
  const { saving, save } = useSaving({ item, answer, desk });
  const { pages } = useStore(desk.session.state);
  const drafted = pages[0]?.drafts[item.id]?.labels ?? [];
  const stage = useRef<HTMLDivElement>(null);
  useCorrectionKeys(desk, save);
  useRunning(desk, useLeaving(desk));
  useEffect(() => (stage.current?.querySelector<HTMLElement>("[data-focus]") ?? stage.current)?.focus(), [desk]);
  const cancel = () => {
    desk.session.host.surface()?.cancel();
    beginAnew(desk, item, answer);
    session.run({ do: "close" });
  };
  return (
    <DeskContext value={desk}>
      <Overtaken id={item.id} />
      <Resumed item={item} answer={answer} desk={desk} />
      <div className="correction">
        <div ref={stage} className="correction-stage" {...(desk.view === null ? { "data-focus": "" } : {})} tabIndex={-1} role="group" aria-label={t("The item")}>
          {desk.view === null ? <Picture item={item} layers={[]} /> : <desk.view.Stage />}
          <NoticeLine />
        </div>
        <aside className="panel" aria-label={t("Labels")}>
          <LabelPanel />
          {desk.view !== null && <desk.view.List />}
          <div className="actions">
            {desk.view === null && <p className="ellipsis">{drafted.length === 0 ? t("No label yet") : drafted.join(", ")}</p>}
            <button type="button" className="submit primary" {...useKeyed("page.submit")} disabled={saving || (desk.view === null && drafted.length === 0)} onClick={save}>
              {saving ? t("Saving") : t("Save")} <Key of="page.submit" />
            </button>
            <button type="button" onClick={cancel}>
              {t("Cancel")}
            </button>
          </div>
        </aside>
      </div>
    </DeskContext>
  );
}

function Started({ item, answer }: { item: Item; answer: Answer | null }) {
  const { project } = useReview();
  const { me } = usePerson();
  const view = useMarkingView(kindOf(project.kind));
  const [desk] = useState(() => correctionDesk(me.id, project, view, item, answer));
  return <Editor item={item} answer={answer} desk={desk} />;
}

/** The answer that stands, else what the votes come to, else the first of them. */
function beginning({ annotation, candidate, votes }: ItemDetail): Answer | null {
  return annotation?.answer ?? candidate ?? votes.find(({ answer }) => answer !== null)?.answer ?? null;
}

/** An item with the tools to correct its answer. */
export default function Correction({ id }: { id: string }) {
  const { session, project } = useReview();
  const { data } = useItem(project.id, id);
  return (
    <Dialog title={t("Correct {path}", { path: data?.path ?? t("it") })} className="item-dialog" onClose={() => session.run({ do: "close" })}>
      {data !== undefined && <Started item={data} answer={beginning(data)} />}
      <ReviewNotice />
    </Dialog>
  );
}
