const ITEM = "item";

/** The item that an address opens; null where it is the list alone. */
export const itemIn = (search: string): string | null => new URLSearchParams(search).get(ITEM);

/** The same address with an item open in it, or none. */
export function withItem(search: string, item: string | null): string {
  const params = new URLSearchParams(search);
  if (item === null) params.delete(ITEM);
  else params.set(ITEM, item);
  const query = params.toString();
  return query === "" ? "" : `?${query}`;
}

interface Place {
  readonly search: () => string;
  readonly go: (search: string, how: { replace: boolean }) => void;
  readonly back: () => void;
}

/** Keeps the address that of the item which is open, and opens what the browser goes back or on to. */
export class ItemAddress {
  /** Whether the open item's address was put on top of the list's, which going back leads to. */
  private onTop = false;
  private leaving = false;

  constructor(private readonly place: Place, private readonly show: (item: string | null) => void) {}

  /** This item is open now, or none. */
  follow(item: string | null): void {
    const search = this.place.search();
    const before = itemIn(search);
    if (this.leaving || item === before) return;
    if (item !== null) {
      this.place.go(withItem(search, item), { replace: before !== null });
      this.onTop ||= before === null;
    } else if (this.onTop) {
      this.leaving = true;
      this.place.back();
    } else this.place.go(withItem(search, null), { replace: true });
  }

  /** The browser has gone back or on. `now`: what is open. */
  moved(now: string | null): void {
    const asked = this.leaving;
    this.leaving = this.onTop = false;
    if (asked) this.follow(now);
    else this.show(itemIn(this.place.search()));
  }
}
