const STORES = ["outbox", "drafts", "history"] as const;
const VERSION = 2;

export type StoreName = (typeof STORES)[number];

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => {
    const made = request.result.objectStoreNames;
    for (const store of STORES) if (!made.contains(store)) request.result.createObjectStore(store);
  };
  return outcome(request);
}

export function outcome<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB failed"));
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB gave up"));
  });
}

/** Every key that begins so. */
export const below = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

/** What this browser keeps of a labeler's work. It is one database, so that what moves between its stores is always in one of them. */
export class Database {
  private opened: Promise<IDBDatabase> | null = null;

  constructor(private readonly name = "tagwerk") {}

  async read<T>(store: StoreName, keys?: IDBKeyRange): Promise<T[]> {
    const transaction = (await this.open()).transaction(store);
    return outcome(transaction.objectStore(store).getAll(keys) as IDBRequest<T[]>);
  }

  /** Carries out all that `write` asks for, or nothing. Once it resolves, a crash changes nothing about it. */
  async change(stores: readonly StoreName[], write: (store: (name: StoreName) => IDBObjectStore) => void): Promise<void> {
    const transaction = (await this.open()).transaction(stores, "readwrite");
    const done = completed(transaction);
    write((name) => transaction.objectStore(name));
    // Unasked, it would be committed by an event of a page that may be gone by then.
    transaction.commit();
    await done;
  }

  /** Reads and then writes, with nobody in between; gives what it has read. */
  async exchange<T>(store: StoreName, keys: IDBKeyRange, work: (found: T[], store: IDBObjectStore) => void): Promise<T[]> {
    const transaction = (await this.open()).transaction(store, "readwrite");
    const done = completed(transaction);
    const objects = transaction.objectStore(store);
    const request = objects.getAll(keys) as IDBRequest<T[]>;
    request.onsuccess = () => work(request.result, objects);
    await done;
    return request.result;
  }

  private open(): Promise<IDBDatabase> {
    this.opened ??= open(this.name).then((database) => {
      database.onversionchange = () => database.close();
      database.onclose = () => (this.opened = null);
      return database;
    });
    this.opened.catch(() => (this.opened = null));
    return this.opened;
  }
}

/** The one of this browser. */
export const browserDatabase = new Database();
