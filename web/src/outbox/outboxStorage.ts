import type { Submission } from "../api/types";
import { browserDatabase, type Database } from "../drafts/database";
import { draftKey } from "../drafts/drafts";

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

/** IndexedDB: survives reload, crash and a closed tab. What is submitted is a draft no more, at the same moment. */
export function indexedDbStorage(database: Database = browserDatabase): OutboxStorage {
  return {
    all: () => database.read<OutboxEntry>("outbox"),
    put: (entry) =>
      database.change(["outbox", "drafts"], (store) => {
        store("outbox").put(entry, entry.id);
        store("drafts").delete(draftKey(entry.user, entry.project, entry.task));
      }),
    remove: (id) => database.change(["outbox"], (store) => store("outbox").delete(id)),
  };
}
