import type { KeyPress } from "./keys";

const LONGEST_WAIT_MS = 2000;
const MOST_KEYS = 400;

/**
 * Keys pressed in the short gap before a page arrives, the next one or one that is taken back, kept for it in order.
 * Without this a fast typist's digit is lost, or lands on another page.
 */
export class TypeAhead {
  private kept: KeyPress[] = [];
  private since = 0;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.since = now();
  }

  get empty(): boolean {
    return this.kept.length === 0;
  }

  begin(): void {
    this.since = this.now();
  }

  keep(press: KeyPress): void {
    const late = this.now() - this.since > LONGEST_WAIT_MS;
    if (late) this.kept = [];
    else if (this.kept.length < MOST_KEYS) this.kept.push(press);
  }

  /** The page does not come. */
  drop(): void {
    this.kept = [];
  }

  /** Plays the keys until the pages run out again; the rest waits for the next page. */
  replay(ready: () => boolean, press: (press: KeyPress) => void): void {
    if (this.now() - this.since > LONGEST_WAIT_MS) this.kept = [];
    const [...queue] = this.kept;
    this.kept = [];
    while (queue.length > 0 && ready()) {
      const next = queue.shift();
      if (next !== undefined) press(next);
    }
    this.kept.push(...queue);
  }
}
