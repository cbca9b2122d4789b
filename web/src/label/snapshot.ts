import type { LabelingState } from "./state";
import type { MarkDocument } from "./marks/marking";
import type { Page } from "./page";

type Kept = Pick<LabelingState, "startedAt" | "done" | "marks" | "outgoing"> & {
  pages: StoredPage[];
  past: { submission: string; page: StoredPage }[];
};

type StoredPage = Omit<Page, "selected"> & { selected: string[] };

const VERSION = 2;
const UNDO_KEPT = 20;

const shortened = (document: MarkDocument): MarkDocument => ({ ...document, done: document.done.slice(-UNDO_KEPT), undone: [] });
const packMarks = (marks: Page["marks"]): Page["marks"] => Object.fromEntries(Object.entries(marks).map(([id, document]) => [id, shortened(document)]));
const pack = (page: Page): StoredPage => ({ ...page, selected: [...page.selected], undo: page.undo.slice(-UNDO_KEPT), marks: packMarks(page.marks) });
const unpack = (page: StoredPage): Page => ({ ...page, selected: new Set(page.selected) });

/** Keeps the tasks at hand and their drafts for this tab, so that a reload loses nothing. */
export class Snapshots {
  private readonly key: string;
  private saved: readonly unknown[] = [];

  constructor(user: string, project: string, private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> = sessionStorage) {
    this.key = `tagwerk.labeling.${user}.${project}`;
  }

  /** Most changes, such as what is selected, are none of what is kept. */
  save(state: LabelingState): void {
    const { startedAt, done, marks, outgoing } = state;
    const parts = [state.pages, state.past, startedAt, done, marks, outgoing];
    if (parts.every((part, index) => part === this.saved[index])) return;
    this.saved = parts;
    const pages = state.pages.map(pack);
    const past = state.past.map(({ submission, page }) => ({ submission, page: pack(page) }));
    const kept: Kept & { version: number } = { version: VERSION, startedAt, done, marks, outgoing, pages, past };
    try {
      this.storage.setItem(this.key, JSON.stringify(kept));
    } catch {
      this.storage.removeItem(this.key);
    }
  }

  /** What the last visit left, without the pages whose lease has ended meanwhile. */
  restore(now: number): (Partial<LabelingState> & { lapsed: number }) | null {
    const kept = this.read();
    if (kept === null) return null;
    const pages = kept.pages.map(unpack);
    const alive = pages.filter((page) => Date.parse(page.task.expires) > now);
    const lapsed = pages.filter((page) => !alive.includes(page)).reduce((sum, page) => sum + Object.keys(page.drafts).length, 0);
    const past = kept.past.map(({ submission, page }) => ({ submission, page: unpack(page) }));
    const { startedAt, done, marks, outgoing } = kept;
    return { startedAt, done, marks, outgoing, past, pages: alive, lapsed };
  }

  private read(): Kept | null {
    try {
      const kept = JSON.parse(this.storage.getItem(this.key) ?? "null") as (Kept & { version: number }) | null;
      return kept?.version === VERSION ? kept : null;
    } catch {
      return null;
    }
  }
}
