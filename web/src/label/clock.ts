import type { Page } from "./page";

const LONGEST_GAP_MS = 120_000;
/** Nobody has looked at what has been on screen for less. */
export const SEEN_MS = 350;

/** Counts only the time the page is on screen, so that a lunch break is nobody's slow answer. */
export class ActiveClock {
  private counted = 0;
  private since: number | null;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.since = now();
  }

  pause(): void {
    this.counted = this.read();
    this.since = null;
  }

  resume(): void {
    this.since ??= this.now();
  }

  read(): number {
    return this.counted + (this.since === null ? 0 : this.now() - this.since);
  }
}

/** "0:07", "12:30", "1:02:03". */
export function clockText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Shares the time since the last decision among the items just decided. */
export function spend(page: Page, ids: readonly string[], elapsedMs: number): Page {
  if (ids.length === 0) return page;
  const each = Math.min(elapsedMs, LONGEST_GAP_MS) / 1000 / ids.length;
  const added = ids.map((id) => [id, (page.seconds[id] ?? 0) + each] as const);
  return { ...page, seconds: { ...page.seconds, ...Object.fromEntries(added) } };
}
