import { createStore, del, set, values } from "idb-keyval";
import type { Submission } from "../api/types";

/** A submitted page that the server has not acknowledged yet, or has refused. */
export interface OutboxEntry {
  readonly id: string;
  readonly user: string;
  readonly project: string;
  readonly task: string;
  readonly body: Submission;
  readonly at: number;
  readonly refused: string | null;
}

export interface OutboxStorage {
  all(): Promise<OutboxEntry[]>;
  put(entry: OutboxEntry): Promise<void>;
  remove(id: string): Promise<void>;
}

/** IndexedDB: survives reload, crash and a closed tab. */
export function indexedDbStorage(database = "tagwerk"): OutboxStorage {
  const store = createStore(database, "outbox");
  return {
    all: () => values<OutboxEntry>(store),
    put: (entry) => set(entry.id, entry, store),
    remove: (id) => del(id, store),
  };
}
