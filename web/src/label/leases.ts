import { Problem } from "../api/problem";
import type { Store } from "../ui/store";
import type { Page } from "./page";
import type { LabelingState } from "./state";
import type { Tasks } from "./tasks";

const TICK_MS = 10_000;

/** Renews the leases of the pages at hand while somebody works on them, and notices when one ends. */
export class Leases {
  private activeAt: number;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly state: Store<LabelingState>,
    private readonly tasks: Tasks,
    private readonly leaseMs: number,
    private readonly lost: (page: Page) => void,
    private readonly now: () => number = Date.now,
  ) {
    this.activeAt = now();
  }

  start(): void {
    this.timer = setInterval(() => void this.tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  touch(): void {
    this.activeAt = this.now();
  }

  /** Whether somebody has done anything lately; an idle page neither renews nor claims. */
  get active(): boolean {
    return this.now() - this.activeAt < this.leaseMs / 2;
  }

  /** Takes up again what has lapsed, where nobody else has it by now: with addresses that work again. */
  async revive(): Promise<void> {
    const lapsed = this.state.get().pages.filter((page) => page.lapsed);
    await Promise.all(lapsed.map(async ({ task: { id } }) => {
      const task = await this.tasks.renew(id).catch(() => null);
      if (task !== null) this.replace(id, (page) => ({ ...page, task, lapsed: false }));
    }));
  }

  async tick(): Promise<void> {
    for (const page of this.state.get().pages.filter((candidate) => !candidate.lapsed)) {
      const leftMs = Date.parse(page.task.expires) - this.now();
      if (leftMs <= 0) this.lost(page);
      else if (leftMs < this.leaseMs / 2 && this.active) await this.renew(page);
    }
  }

  private async renew(page: Page): Promise<void> {
    try {
      const { expires } = await this.tasks.renew(page.task.id);
      this.replace(page.task.id, (held) => ({ ...held, task: { ...held.task, expires } }));
    } catch (error) {
      const gone = error instanceof Problem && !error.transient && error.status !== 401;
      if (gone) this.lost(page);
    }
  }

  private replace(task: string, change: (page: Page) => Page): void {
    const state = this.state.get();
    this.state.set({ ...state, pages: state.pages.map((page) => (page.task.id === task ? change(page) : page)) });
  }
}
