import type { MarkDocument } from "../label/marks/marking";
import type { Page } from "../label/page";
import { below, type Database } from "./database";
import type { Seat } from "./seat";

interface PlacedPage {
  readonly page: Page;
  /** Where among the pages of its seat. */
  readonly place: number;
}

interface Kept extends PlacedPage {
  readonly seat: string;
}

const SOON_MS = 150;
const UNDO_KEPT = 20;

const shortened = (document: MarkDocument): MarkDocument => ({ ...document, done: document.done.slice(-UNDO_KEPT), undone: [] });

function packed(page: Page): Page {
  const marks = Object.fromEntries(Object.entries(page.marks).map(([id, document]) => [id, shortened(document)]));
  return { ...page, marks, undo: page.undo.slice(-UNDO_KEPT) };
}

/** Begins the keys of what one labeler drafts in one project. */
export const draftsOf = (user: string, project: string) => `${user}/${project}/`;

/** Where the drafts of a task are kept. */
export const draftKey = (user: string, project: string, task: string) => draftsOf(user, project) + task;

/** The pages at hand with all that is drafted on them, kept so that no reload, crash or closed window loses them. */
export class Drafts {
  private wanted = new Map<string, PlacedPage>();
  private written = new Map<string, PlacedPage>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing = false;

  constructor(
    private readonly database: Database,
    private readonly user: string,
    private readonly project: string,
    private readonly seat: Seat,
    /** Hears whether the browser had room for what was written last. */
    private readonly onKept: (kept: boolean) => void = () => undefined,
  ) {}

  /** Notes what is to be kept, soon. Whatever else was kept before is forgotten, but for the tasks in `staying`. */
  note(pages: readonly Page[], staying: readonly string[] = []): void {
    const as = staying.map((task) => [task, this.written.get(task)] as const);
    const before = as.filter((pair): pair is readonly [string, PlacedPage] => pair[1] !== undefined);
    this.wanted = new Map([...before, ...pages.map((page, place) => [page.task.id, { page, place }] as const)]);
    this.timer ??= setTimeout(() => void this.write(), SOON_MS);
  }

  /** Writes at once: the page may be gone the moment after. */
  flush(): Promise<void> {
    return this.write(true);
  }

  /** What this seat had, and the pages of seats where nobody sits any more, which are this seat's from now on. */
  async adopt(): Promise<Page[]> {
    const adopted: Kept[] = [];
    await this.seat.alone(async () => {
      const taken = await this.seat.taken();
      await this.database.exchange<Kept>("drafts", this.keys, (found, store) => {
        for (const kept of found) {
          if (kept.seat !== this.seat.id && taken.has(kept.seat)) continue;
          adopted.push(kept);
          store.put({ ...kept, seat: this.seat.id }, this.keyOf(kept.page.task.id));
        }
      });
    });
    const own = ({ seat }: Kept) => (seat === this.seat.id ? 0 : 1);
    adopted.sort((a, b) => own(a) - own(b) || a.seat.localeCompare(b.seat) || a.place - b.place);
    const fresh = adopted.filter(({ page }) => !this.wanted.has(page.task.id));
    for (const { page, place } of fresh) this.written.set(page.task.id, { page, place });
    return fresh.map(({ page }) => page);
  }

  /** How many items this labeler holds in other windows of this browser. */
  async heldElsewhere(now: number): Promise<number> {
    const others = (await this.database.read<Kept>("drafts", this.keys)).filter(({ seat }) => seat !== this.seat.id);
    const held = others.filter(({ page }) => page.again === null && Date.parse(page.task.expires) > now);
    return held.reduce((sum, { page }) => sum + page.task.items.length, 0);
  }

  private get keys(): IDBKeyRange {
    return below(draftsOf(this.user, this.project));
  }

  private keyOf(task: string): string {
    return draftKey(this.user, this.project, task);
  }

  private async write(now = false): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    // What changes while something is written goes with the next write.
    if (this.writing && !now) return;
    this.writing = true;
    const { written: before, wanted } = this;
    this.written = wanted;
    try {
      await this.store(before, wanted);
      this.onKept(true);
    } catch {
      this.written = before;
      this.onKept(false);
    }
    this.writing = false;
    if (this.wanted !== wanted) this.timer ??= setTimeout(() => void this.write(), SOON_MS);
  }

  private async store(before: ReadonlyMap<string, PlacedPage>, now: ReadonlyMap<string, PlacedPage>): Promise<void> {
    const changed = [...now].filter(([task, { page, place }]) => before.get(task)?.page !== page || before.get(task)?.place !== place);
    const gone = [...before.keys()].filter((task) => !now.has(task));
    if (changed.length === 0 && gone.length === 0) return;
    await this.database.change(["drafts"], (store) => {
      for (const [task, { page, place }] of changed) store("drafts").put({ seat: this.seat.id, place, page: packed(page) }, this.keyOf(task));
      for (const task of gone) store("drafts").delete(this.keyOf(task));
    });
  }
}
