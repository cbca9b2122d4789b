import type { Item } from "../api/types";

/** Something asked of the server that it has not answered: until then it is shown as if it had been done. */
export interface Wish {
  readonly items: ReadonlySet<string>;
  readonly after: (item: Item) => Item;
}

/** The item as it will be if everything asked for is done, in the order of asking. */
export function wished(item: Item, wishes: readonly Wish[]): Item {
  return wishes.filter(({ items }) => items.has(item.id)).reduce((now, { after }) => after(now), item);
}
