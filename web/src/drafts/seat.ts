/** Where somebody labels: a tab, as long as it shows the labeling page of one project. */
export interface Seat {
  readonly id: string;
  /** The seats of this project that are taken, this one among them. */
  taken(): Promise<ReadonlySet<string>>;
  /** Works while no other seat does. */
  alone(work: () => Promise<void>): Promise<void>;
  leave(): void;
}

const KEY = "tagwerk.seat";
/** A reloaded page may be quicker than its predecessor is gone. */
const PATIENCE_MS = 500;

/** Holds the name until `leave` is called or the page is gone, however it goes. Null when another holds it. */
function held(name: string, options: LockOptions): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    const hold = (lock: Lock | null) => (lock === null ? resolve(null) : new Promise<void>((leave) => resolve(leave)));
    navigator.locks.request(name, options, hold).catch(() => resolve(null));
  });
}

/**
 * Takes the seat that this tab had before, or a new one: a duplicated tab thinks it had its original's.
 * The browser frees the seat of a page that ends, and of one that crashes.
 */
export async function takeSeat(scope: string): Promise<Seat> {
  const prefix = `tagwerk.seat.${scope}.`;
  const before = sessionStorage.getItem(KEY);
  const again = before === null ? null : await held(prefix + before, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const id = before !== null && again !== null ? before : crypto.randomUUID();
  const leave = again ?? (await held(prefix + id, {}));
  sessionStorage.setItem(KEY, id);
  return {
    id,
    async taken() {
      const { held: locks = [] } = await navigator.locks.query();
      return new Set(locks.flatMap(({ name }) => (name?.startsWith(prefix) === true ? [name.slice(prefix.length)] : [])));
    },
    alone: async (work) => {
      await navigator.locks.request(`tagwerk.adopting.${scope}`, work);
    },
    leave: () => leave?.(),
  };
}
