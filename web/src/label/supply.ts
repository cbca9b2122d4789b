import { Problem, messageOf } from "../api/problem";
import type { Task } from "../api/types";
import type { Store } from "../ui/store";
import type { Images } from "./images";
import type { Layout } from "./layout";
import { hasDrafts, type Page } from "./page";
import type { LabelingState } from "./state";
import type { Tasks } from "./tasks";

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 15_000;
const RECHECK_MS = 5000;

/** Pages to hold behind the one on screen: single images go by faster than the network may be. */
const ahead = (layout: number) => (layout === 1 ? 3 : 1);

/** Keeps pages coming: claims the next tasks while the present one is being labeled. */
export class Supply {
  private filling = false;
  private exhausted = false;
  private stopped = false;
  private retryMs = FIRST_RETRY_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly state: Store<LabelingState>,
    private readonly tasks: Tasks,
    private readonly images: Images,
    private readonly pageOf: (task: Task) => Page,
    private readonly arrived: () => void,
    /** Pages of windows that are gone. */
    private readonly adopt: () => Promise<Page[]>,
  ) {}

  /** Looks again even if the queue was empty a moment ago. */
  more(): void {
    clearTimeout(this.timer);
    this.exhausted = false;
    void this.fill();
  }

  /** Shows a page of the new size where no work is at stake; what is drafted stays on screen. */
  async resize(): Promise<void> {
    const { pages, layout } = this.state.get();
    const [first, ...rest] = pages;
    for (const page of rest) if (!hasDrafts(page) && page.task.items.length !== layout) this.drop(page);
    if (first !== undefined && !hasDrafts(first) && first.task.items.length < layout) await this.replace(first, layout);
    this.more();
  }

  private async replace(first: Page, layout: Layout): Promise<void> {
    const task = await this.tasks.claim(layout).catch(() => null);
    const still = this.state.get().pages[0];
    if (task !== null) this.insert(this.pageOf(task), still === first ? 0 : 1);
    if (task !== null && still === first) this.drop(first);
  }

  /** Gives a page back to the queue for others. */
  drop(page: Page): void {
    this.update({ pages: this.state.get().pages.filter((other) => other.task.id !== page.task.id) });
    this.images.release(page.task);
    void this.tasks.giveBack(page.task.id).catch(() => undefined);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** Begins once `ready`: what an earlier visit left is labeled first. */
  start(ready: Promise<void>): void {
    this.stopped = false;
    void ready.finally(() => {
      for (const page of this.state.get().pages) void this.images.prepare(page.task);
      if (this.state.get().pages.length > 0) this.arrived();
      if (!this.stopped) this.more();
    });
  }

  private async fill(): Promise<void> {
    if (this.filling) return;
    this.filling = true;
    try {
      while (this.wantsMore()) await this.takeOne();
      this.retryMs = FIRST_RETRY_MS;
    } catch (error) {
      this.failed(error);
    } finally {
      this.filling = false;
    }
  }

  private wantsMore(): boolean {
    const { pages, layout } = this.state.get();
    return !this.stopped && !this.exhausted && pages.length <= ahead(layout);
  }

  private async takeOne(): Promise<void> {
    const task = await this.tasks.claim(this.state.get().layout);
    if (task === null) await this.ranDry();
    else if (this.stopped) await this.tasks.giveBack(task.id);
    else {
      this.insert(this.pageOf(task), this.state.get().pages.length);
      this.arrived();
    }
  }

  private insert(page: Page, at: number): void {
    void this.images.prepare(page.task);
    this.update({ pages: this.state.get().pages.toSpliced(at, 0, page), phase: "labeling", problem: null });
  }

  private async ranDry(): Promise<void> {
    this.exhausted = true;
    const found = await this.adopt();
    for (const page of found) this.insert(page, this.state.get().pages.length);
    if (found.length > 0) this.arrived();
    if (this.state.get().pages.length > 0) return;
    this.update({ phase: "empty", problem: null });
    this.again(RECHECK_MS);
  }

  private failed(error: unknown): void {
    const transient = error instanceof Problem && (error.transient || error.status === 401);
    this.again(transient ? this.retryMs : RECHECK_MS);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
    if (this.state.get().pages.length > 0) return;
    this.update({ phase: transient ? "loading" : "refused", problem: messageOf(error) });
  }

  private again(afterMs: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.more(), afterMs);
  }

  private update(change: Partial<LabelingState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
