import { lazy, Suspense, useEffect, useState } from "react";
import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Answer, ItemDetail, Revision } from "../api/types";
import { answerText } from "../answers/answerText";
import { AnsweredText } from "../answers/AnsweredText";
import { api } from "../auth/session";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { useItem, useItemImage, useReview } from "./queries";

const AnsweredImage = lazy(() => import("../answers/AnsweredImage"));

interface RevisionRowProps {
  revision: Revision;
  standing: boolean;
  shown: boolean;
  onShow: () => void;
  names: ReadonlyMap<string, string>;
}

function RevisionRow({ revision, standing, shown, onShow, names }: RevisionRowProps) {
  return (
    <li className="revision">
      <div className="row apart">
        <button type="button" className="link revision-show" aria-pressed={shown} title="Show this one" onClick={onShow}>
          {answerText(revision.answer, revision.skipped)}
        </button>
        {standing && <span className="chip good">stands</span>}
        {revision.approved && <span className="chip good">approved</span>}
        {revision.late && <span className="chip busy">late</span>}
      </div>
      <span className="muted small">
        {names.get(revision.user) ?? revision.user} · {when(revision.at)} · {revision.source === "imported" ? "imported" : `${revision.seconds.toFixed(1)} s`}
      </span>
    </li>
  );
}

function Subject({ project, item, answer, colors }: { project: string; item: ItemDetail; answer: Answer | null; colors: ReadonlyMap<string, string> }) {
  const image = useItemImage(project, item.id, item.text === null && item.defect === null);
  if (item.text !== null) return <AnsweredText text={item.text} columns={item.columns} answer={answer} colors={colors} size={15} />;
  const reason = item.defect ?? (image.error === null ? null : messageOf(image.error));
  if (reason !== null) return <p className="banner bad">{reason}</p>;
  const width = item.width ?? image.data?.width ?? null;
  const height = item.height ?? image.data?.height ?? null;
  const url = image.data?.url ?? item.url;
  return (
    <>
      <div className="drawer-image">
        {url !== null && <img src={url} alt={item.path} />}
        {answer !== null && !("labels" in answer) && (
          <Suspense>
            <AnsweredImage answer={answer} size={width === null || height === null ? null : { width, height }} colors={colors} />
          </Suspense>
        )}
      </div>
      {image.data?.note != null && <p className="muted small">{image.data.note}</p>}
    </>
  );
}

function Approve({ project, item }: { project: string; item: ItemDetail }) {
  const approved = item.annotation?.approved === true;
  const review = useReview(project, () =>
    unwrap(api.POST("/api/projects/{project}/items/review", { params: { path: { project } }, body: { action: approved ? "unapprove" : "approve", items: [item.id] } })),
  );
  if (item.annotation === null) return null;
  return (
    <div className="row">
      <button type="button" className={approved ? "" : "primary"} disabled={review.isPending} onClick={() => review.mutate()}>
        <Icon name={approved ? "undo" : "check"} />
        {approved ? "Take approval back" : "Approve"}
      </button>
      {review.isError && <span className="danger-text small">{messageOf(review.error)}</span>}
    </div>
  );
}

interface DetailProps {
  project: string;
  item: ItemDetail;
  names: ReadonlyMap<string, string>;
  colors: ReadonlyMap<string, string>;
}

function Detail({ project, item, names, colors }: DetailProps) {
  const [chosen, setChosen] = useState<number | null>(null);
  const standing = item.annotation?.revision ?? null;
  const shown = item.history.find(({ revision }) => revision === (chosen ?? standing));
  const size = item.width && item.height ? ` · ${item.width} × ${item.height}` : "";
  return (
    <>
      <Subject project={project} item={item} answer={shown?.answer ?? null} colors={colors} />
      <p className="muted">
        {item.status.replace("_", " ")}
        {size}
      </p>
      <Approve project={project} item={item} />
      <h3>History</h3>
      {item.history.length === 0 && <p className="muted">Nobody has said anything of it yet.</p>}
      <ol className="plain-list revisions">
        {item.history.toReversed().map((revision) => (
          <RevisionRow
            key={`${revision.revision}.${revision.at}`}
            revision={revision}
            standing={!revision.late && revision.revision === standing}
            shown={revision === shown}
            onShow={() => setChosen(revision.revision)}
            names={names}
          />
        ))}
      </ol>
    </>
  );
}

interface DrawerProps extends Omit<DetailProps, "item"> {
  id: string;
  path: string;
  onStep: (by: number) => void;
  onClose: () => void;
}

/** One item with all that was said of it; the arrow keys go to its neighbours. */
export function ItemDrawer({ project, id, path, names, colors, onStep, onClose }: DrawerProps) {
  const { data, error } = useItem(project, id);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step !== undefined) onStep(step);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [onStep]);
  return (
    <Dialog title={path} className="drawer" onClose={onClose}>
      {error !== null && <p className="danger-text">{messageOf(error)}</p>}
      {data !== undefined && <Detail key={id} project={project} item={data} names={names} colors={colors} />}
    </Dialog>
  );
}
