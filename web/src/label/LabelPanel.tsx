import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Key, useKeyed } from "../keymap/Key";
import { ariaKeys, keyText } from "../keymap/text";
import { Icon } from "../ui/Icon";
import { matches } from "../ui/matches";
import { useStore } from "../ui/store";
import type { Label } from "../labels/tree";
import { branchesOf, foldedBy, storedFolds, storeFolds, unfolded } from "./branches";
import { keepFocus } from "./keepFocus";
import { targets, type Page } from "./page";
import type { LabelingState } from "./state";
import { useDesk, useLabeling } from "./useSession";
import { t } from "../words/words";

function countOnPage(page: Page | undefined, path: string): number {
  if (page === undefined) return 0;
  const marks = Object.values(page.marks).flatMap((document) => document.marks);
  return Object.values(page.drafts).filter((draft) => draft.labels.includes(path)).length + marks.filter(({ label }) => label === path).length;
}

/** Whether the label is the targets', or the one to mark with. */
function isOn({ pages: [page], marking }: LabelingState, path: string, marks: boolean): boolean {
  if (marks || page === undefined) return marks && marking.label === path;
  const ids = targets(page);
  return ids.length > 0 && ids.every((id) => page.drafts[id]?.labels.includes(path));
}

/** Folds a branch of the tree, or unfolds it. */
function Fold({ label, folded, onFold }: { label: Label; folded: boolean; onFold: () => void }) {
  const title = folded ? t("Unfold {label}", { label: label.name }) : t("Fold {label}", { label: label.name });
  return (
    <button type="button" className="label-fold" aria-expanded={!folded} aria-label={title} title={title} onMouseDown={keepFocus} onClick={onFold}>
      <Icon name={folded ? "onward" : "down"} />
    </button>
  );
}

function LabelButton({ label, marked }: { label: Label; marked: boolean }) {
  const { session, keys, kind } = useDesk();
  const state = useLabeling();
  useStore(keys.letters);
  const chord = keys.keyOf(label.path);
  const key = chord && keyText(chord);
  const count = countOnPage(state.pages[0], label.path);
  return (
    <button
      type="button"
      className={marked ? "label-button marked" : "label-button"}
      aria-pressed={isOn(state, label.path, kind.marks !== null)}
      {...(chord === undefined ? {} : { "aria-keyshortcuts": ariaKeys([chord]) })}
      title={label.path}
      onMouseDown={keepFocus}
      onClick={() => session.run({ do: "label", label: label.path })}
    >
      <span className="visually-hidden">{key === undefined ? label.path : t("{path}, key {key}", { path: label.path, key })}</span>
      <span className="label-color" style={{ background: label.color, marginLeft: label.depth * 14 }} />
      <span className="ellipsis grow" aria-hidden="true">
        {label.name}
      </span>
      <span className="label-count number" aria-hidden="true">
        {count > 0 ? count : ""}
      </span>
      {key === undefined ? <span className="key-space" /> : <kbd aria-hidden="true">{key}</kbd>}
    </button>
  );
}

interface SearchProps {
  wanted: string;
  setWanted: (wanted: string) => void;
  onPick: () => void;
  onStep: (by: number) => void;
}

function Search({ wanted, setWanted, onPick, onStep }: SearchProps) {
  const { session } = useDesk();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => session.onSearch(() => field.current?.focus()), [session]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) onStep(step);
    else if (event.key === "Enter") onPick();
    else if (event.key !== "Escape") return;
    event.preventDefault();
    if (step !== undefined) return;
    setWanted("");
    field.current?.blur();
    document.querySelector<HTMLElement>('.stage [tabindex="0"]')?.focus();
  };
  return (
    <div className="label-search">
      <Icon name="search" />
      <input ref={field} type="search" {...useKeyed("page.search")} placeholder={t("Find a label")} aria-label={t("Find a label")} value={wanted} onChange={(event) => setWanted(event.target.value)} onKeyDown={onKeyDown} />
      {wanted === "" && <Key of="page.search" />}
    </div>
  );
}

export function LabelPanel() {
  const { session, labels, project } = useDesk();
  const [wanted, setSearch] = useState("");
  const [marked, setMarked] = useState(0);
  const [folded, setFolded] = useState(() => storedFolds(project.id));
  const branches = branchesOf(labels);
  const shown = wanted === "" ? unfolded(labels, folded) : labels.filter(({ path }) => matches(path, wanted));
  const list = useRef<HTMLDivElement>(null);
  const fold = (key: string, label: Label) => {
    const next = foldedBy(key, label, branches, folded);
    if (next === null) return false;
    // The branch takes the focus of what goes away with it.
    if (next.has(label.parents)) list.current?.querySelector<HTMLElement>(`[title="${CSS.escape(label.parents)}"]`)?.focus();
    setFolded(next);
    storeFolds(project.id, next);
    return true;
  };
  const setWanted = (next: string) => {
    setSearch(next);
    setMarked(0);
  };
  const pick = () => {
    const label = wanted === "" ? undefined : shown[marked];
    if (label !== undefined) session.run({ do: "label", label: label.path });
  };
  const step = (by: number) => setMarked(Math.max(0, Math.min(shown.length - 1, marked + by)));
  return (
    <section className="labels" aria-label={t("Labels")}>
      <Search wanted={wanted} setWanted={setWanted} onPick={pick} onStep={step} />
      <div ref={list} className="label-list">
        {shown.map((label, index) => (
          <div key={label.path} className="label-row" onKeyDown={(event) => fold(event.key, label) && event.preventDefault()}>
            <LabelButton label={label} marked={wanted !== "" && index === marked} />
            {wanted === "" && branches.has(label.path) && (
              <Fold label={label} folded={folded.has(label.path)} onFold={() => fold(folded.has(label.path) ? "ArrowRight" : "ArrowLeft", label)} />
            )}
          </div>
        ))}
        {shown.length === 0 && <p className="muted small label-none">{t("No label is called that.")}</p>}
      </div>
    </section>
  );
}
