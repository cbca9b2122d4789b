import { Problem, messageOf } from "../api/problem";
import type { Submitted } from "../api/types";
import { createStore } from "../ui/store";
import type { OutboxEntry, OutboxStorage } from "./outboxStorage";

export interface OutboxState {
  readonly waiting: readonly OutboxEntry[];
  readonly refused: readonly OutboxEntry[];
  /** The last attempt found no server. */
  readonly offline: boolean;
  readonly saved: number;
}

type Send = (entry: OutboxEntry) => Promise<Submitted>;
type Settled = (entry: OutboxEntry, submitted: Submitted | null) => void;

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

/** Hands submissions to the server in order, again and again until each is acknowledged or refused. */
export class Outbox {
  readonly state = createStore<OutboxState>({ waiting: [], refused: [], offline: false, saved: 0 });
  private readonly listeners = new Set<Settled>();
  private inFlight: string | null = null;
  private retryMs = FIRST_RETRY_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly user: string,
    private readonly send: Send,
    private readonly storage: OutboxStorage,
  ) {}

  /** Takes up what an earlier visit left behind. */
  async open(): Promise<void> {
    const all = await this.storage.all().catch(() => []);
    const known = new Set([...this.state.get().waiting, ...this.state.get().refused].map((entry) => entry.id));
    const mine = all.filter((entry) => entry.user === this.user && !known.has(entry.id)).sort((a, b) => a.at - b.at);
    const { waiting, refused } = this.state.get();
    this.update({
      waiting: [...mine.filter((entry) => entry.refused === null), ...waiting],
      refused: [...mine.filter((entry) => entry.refused !== null), ...refused],
    });
    void this.pump();
  }

  /** Queues an entry; tells in the end whether it would survive a crash. */
  async add(entry: OutboxEntry): Promise<boolean> {
    if (this.isWaiting(entry.id)) return true;
    this.update({ waiting: [...this.state.get().waiting, entry] });
    const stored = this.storage.put(entry).then(() => true, () => false);
    void this.pump();
    return stored;
  }

  /** Takes back an entry that has not left yet; false when the server may have it already. */
  withdraw(id: string): boolean {
    const { waiting } = this.state.get();
    if (this.inFlight === id || !waiting.some((entry) => entry.id === id)) return false;
    this.forget(id);
    return true;
  }

  isWaiting(id: string): boolean {
    return this.state.get().waiting.some((entry) => entry.id === id);
  }

  /** Resolves when the entry has left the queue, whatever the outcome. */
  settled(id: string): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.isWaiting(id)) return;
        stop();
        resolve();
      };
      const stop = this.state.subscribe(check);
      check();
    });
  }

  onSettled(listener: Settled): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  dismiss(id: string): void {
    this.forget(id);
  }

  retryNow(): void {
    clearTimeout(this.timer);
    void this.pump();
  }

  private async pump(): Promise<void> {
    while (this.inFlight === null) {
      const next = this.state.get().waiting[0];
      if (next === undefined) return;
      this.inFlight = next.id;
      const goOn = await this.attempt(next);
      this.inFlight = null;
      if (!goOn) return;
    }
  }

  private async attempt(entry: OutboxEntry): Promise<boolean> {
    try {
      const submitted = await this.send(entry);
      this.forget(entry.id);
      this.update({ offline: false, saved: this.state.get().saved + 1 });
      this.retryMs = FIRST_RETRY_MS;
      this.announce(entry, submitted);
      return true;
    } catch (error) {
      const status = error instanceof Problem ? error.status : null;
      const transient = error instanceof Problem && (error.transient || status === 401);
      if (transient) this.retryLater(error.retryAfterMs, status === 0);
      else this.refuse(entry, messageOf(error));
      return !transient;
    }
  }

  private retryLater(afterMs: number | null, offline: boolean): void {
    this.update({ offline });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.pump(), afterMs ?? this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }

  private refuse(entry: OutboxEntry, reason: string): void {
    const refused = { ...entry, refused: reason };
    const { waiting, refused: before } = this.state.get();
    this.update({ waiting: waiting.filter((other) => other.id !== entry.id), refused: [...before, refused], offline: false });
    void this.storage.put(refused).catch(() => undefined);
    this.announce(refused, null);
  }

  private forget(id: string): void {
    const { waiting, refused } = this.state.get();
    const others = (entry: OutboxEntry) => entry.id !== id;
    this.update({ waiting: waiting.filter(others), refused: refused.filter(others) });
    void this.storage.remove(id).catch(() => undefined);
  }

  private announce(entry: OutboxEntry, submitted: Submitted | null): void {
    for (const listener of this.listeners) listener(entry, submitted);
  }

  private update(change: Partial<OutboxState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
