import type { Database } from "../drafts/database";
import { Drafts } from "../drafts/drafts";
import type { Seat } from "../drafts/seat";
import type { Store } from "../ui/store";
import { hasDrafts, pageOf, type Page } from "./page";
import type { LabelingState } from "./state";
import { storedTally, storeTally } from "./tally";

/** Where this browser keeps a labeler's work. */
export interface Keep {
  readonly database: Database;
  takeSeat(): Promise<Seat>;
}

/** A browser that does not answer keeps nobody from labeling. */
const PATIENCE_MS = 3000;

/** Keeps the pages at hand and their drafts as they change, and brings back what was left. */
export class Keeping {
  private drafts: Drafts | null = null;
  private seat: Seat | null = null;
  /** Counts openings and closings: a window may leave while it is taking its seat. */
  private turn = 0;
  private seen: readonly unknown[] = [];

  constructor(
    private readonly state: Store<LabelingState>,
    private readonly keep: Keep,
    private readonly user: string,
    private readonly project: string,
  ) {}

  /** Takes a seat; resolves once what was left is on screen. */
  async open(): Promise<void> {
    this.update(storedTally(this.user, this.project));
    await Promise.race([this.takeUp(++this.turn), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  }

  /** Most changes, such as what is selected, are none of what is kept. */
  note(): void {
    const { pages, outgoing, startedAt, done, marks } = this.state.get();
    const parts = [pages, outgoing, startedAt, done, marks];
    if (parts.every((part, index) => part === this.seen[index])) return;
    if (marks !== this.seen[4]) storeTally(this.user, this.project, { startedAt, done, marks });
    this.seen = parts;
    this.drafts?.note(pages, outgoing);
  }

  flush(): void {
    void this.drafts?.flush();
  }

  /** The pages of windows that are gone, which are this window's from now on. */
  async adopt(): Promise<Page[]> {
    const found = (await this.drafts?.adopt().catch(() => [])) ?? [];
    const known = new Set(this.state.get().pages.map(({ task }) => task.id));
    return found.filter((page) => !known.has(page.task.id)).flatMap(afterwards);
  }

  async heldElsewhere(): Promise<number> {
    return (await this.drafts?.heldElsewhere(Date.now()).catch(() => 0)) ?? 0;
  }

  close(): void {
    this.turn++;
    const { drafts, seat } = this;
    [this.drafts, this.seat] = [null, null];
    void (drafts?.flush() ?? Promise.resolve()).finally(() => seat?.leave());
  }

  private async takeUp(turn: number): Promise<void> {
    const seat = await this.keep.takeSeat();
    if (turn !== this.turn) {
      seat.leave();
      return;
    }
    this.seat = seat;
    this.drafts = new Drafts(this.keep.database, this.user, this.project, seat, (kept) => this.update({ unkept: !kept }));
    const found = await this.adopt();
    if (found.length > 0) this.update({ pages: [...this.state.get().pages, ...found], phase: "labeling" });
    this.note();
  }

  private update(change: Partial<LabelingState>): void {
    const state = this.state.get();
    const changes = Object.entries(change).some(([name, value]) => state[name as keyof LabelingState] !== value);
    if (changes) this.state.set({ ...state, ...change });
  }
}

/** A page as it comes back, even from an earlier version of this app: of those whose lease has ended, only what is drafted matters. */
function afterwards(kept: Page): Page[] {
  const page = { ...pageOf(kept.task), ...kept };
  if (Date.parse(page.task.expires) > Date.now()) return [page];
  return hasDrafts(page) ? [{ ...page, lapsed: true }] : [];
}
