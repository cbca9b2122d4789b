import { useEffect } from "react";
import { messageOf } from "../api/problem";
import type { ItemDetail, Revision } from "../api/types";
import { Dialog } from "../ui/Dialog";
import { when } from "../ui/when";
import { answerText } from "../answers/answerText";
import { useItem } from "./queries";

function RevisionRow({ revision, standing, names }: { revision: Revision; standing: boolean; names: ReadonlyMap<string, string> }) {
  return (
    <li className="revision">
      <div className="row apart">
        <strong>{answerText(revision.answer, revision.skipped)}</strong>
        {standing && <span className="chip good">stands</span>}
        {revision.late && <span className="chip busy">late</span>}
      </div>
      <span className="muted small">
        {names.get(revision.user) ?? revision.user} · {when(revision.at)} · {revision.seconds.toFixed(1)} s
      </span>
    </li>
  );
}

function Detail({ item, names }: { item: ItemDetail; names: ReadonlyMap<string, string> }) {
  const size = item.width && item.height ? ` · ${item.width} × ${item.height}` : "";
  return (
    <>
      {item.url !== null && <img className="drawer-image" src={item.url} alt={item.path} />}
      <p className="muted">
        {item.status.replace("_", " ")}
        {size}
      </p>
      <h3>History</h3>
      {item.history.length === 0 && <p className="muted">Nobody has said anything of this image yet.</p>}
      <ol className="plain-list revisions">
        {item.history.toReversed().map((revision) => (
          <RevisionRow key={`${revision.revision}.${revision.at}`} revision={revision} standing={!revision.late && revision.revision === item.annotation?.revision} names={names} />
        ))}
      </ol>
    </>
  );
}

interface DrawerProps {
  project: string;
  id: string;
  path: string;
  names: ReadonlyMap<string, string>;
  onStep: (by: number) => void;
  onClose: () => void;
}

/** One item with all that was said of it; the arrow keys go to its neighbours. */
export function ItemDrawer({ project, id, path, names, onStep, onClose }: DrawerProps) {
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
      {data !== undefined && <Detail item={data} names={names} />}
    </Dialog>
  );
}
