import { lazy, Suspense, useState } from "react";
import { Dialog } from "../ui/Dialog";
import { KeyRows } from "./KeyRows";
import { useStore } from "../ui/store";
import { t } from "../words/words";
import { changes } from "./keymap";
import type { LabelKeys } from "./labelKeys";
import { groupsOf, labelRows } from "./rows";
import type { Mode } from "./table";
import "./keys.css";

const KeyEditor = lazy(() => import("./KeyEditor"));

export interface KeyDialogProps {
  /** Where it was asked for; the first tells what arrows do. */
  modes: readonly [Mode, ...Mode[]];
  item: string;
  /** The keys of labels, with what they do; null where there are none. */
  labels: { keys: LabelKeys; what: string } | null;
  onClose: () => void;
}

function List({ modes, item, labels }: Omit<KeyDialogProps, "onClose">) {
  useStore(changes);
  return (
    <div className="key-groups">
      {groupsOf(modes, item).map(({ group, title, rows }) => (
        <section key={group} aria-label={title}>
          <h3>{title}</h3>
          <KeyRows rows={group === "label" ? [...(labels === null ? [] : labelRows(labels.keys, labels.what)), ...rows] : rows} />
        </section>
      ))}
    </div>
  );
}

/** What every key does here, and the way to give it another. */
export default function KeyDialog({ modes, item, labels, onClose }: KeyDialogProps) {
  const [changing, setChanging] = useState(false);
  return (
    <Dialog title={t("Keys")} className="key-dialog" onClose={onClose}>
      {changing ? (
        <Suspense>
          <KeyEditor modes={modes} item={item} labels={labels?.keys ?? null} onDone={() => setChanging(false)} />
        </Suspense>
      ) : (
        <>
          <List modes={modes} item={item} labels={labels} />
          <p className="row key-foot">
            <button type="button" onClick={() => setChanging(true)}>
              {t("Change keys")}
            </button>
          </p>
        </>
      )}
    </Dialog>
  );
}
