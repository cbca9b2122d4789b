import type { Query, QueryClient, QueryKey } from "@tanstack/react-query";
import type { Item, ItemDetail } from "../api/types";
import type { Shelf } from "../review/session";
import { NO_FILTER, type ItemFilter } from "./filter";
import { cursorsOf, exchanged, newer, readBetween, type ItemPage, type ItemPages } from "./pages";
import { itemKey, listKey, readPage } from "./queries";
import type { Span } from "./rows";

/** A page that was read longer ago is read again once it is in sight. */
const OLD_MS = 10_000;

const hasData = ({ state }: Query) => state.data !== undefined;

/** The items as the queries of the page hold them, read at the moment of use. */
export class ListedItems implements Shelf {
  private filter = NO_FILTER;
  private fetchMore: () => void = () => undefined;
  private readonly reading = new Set<string | null>();

  constructor(private readonly queries: QueryClient, private readonly project: string) {}

  /** The list on screen is that of this filter. */
  show(filter: ItemFilter, fetchMore: () => void): void {
    this.filter = filter;
    this.fetchMore = fetchMore;
  }

  items(): readonly Item[] {
    return this.list()?.pages.flatMap(({ items }) => items) ?? [];
  }

  find(item: string): Item | undefined {
    const listed = this.items().find(({ id }) => id === item);
    return newer(this.queries.getQueryData<ItemDetail>(itemKey(this.project, item)), listed);
  }

  /** Items keep their places, even if they match no more: the next look at the list tells. */
  async put(details: readonly ItemDetail[]): Promise<void> {
    const read = new Map<string, Item>(details.map((detail) => [detail.id, detail]));
    const growing = this.isGrowing();
    const older: readonly QueryKey[] = [["items", this.project], ...details.map(({ id }) => itemKey(this.project, id))];
    await Promise.all(older.map((queryKey) => this.queries.cancelQueries({ queryKey, predicate: hasData })));
    for (const detail of details) this.queries.setQueryData(itemKey(this.project, detail.id), detail);
    const page = ({ items, ...rest }: ItemPage): ItemPage => ({ ...rest, items: items.map((item) => read.get(item.id) ?? item) });
    this.queries.setQueryData<ItemPages>(listKey(this.project, this.filter), (list) => list && { ...list, pages: list.pages.map(page) });
    void this.queries.invalidateQueries({ queryKey: ["dashboard", this.project] });
    if (growing) this.fetchMore();
  }

  async reload(changed: readonly string[]): Promise<void> {
    const some = new Set(changed);
    const pages = this.readAgain(({ items }) => items.some(({ id }) => some.has(id)));
    await Promise.all([pages, ...["item", "dashboard"].map((key) => this.queries.invalidateQueries({ queryKey: [key, this.project] }))]);
  }

  /** Looks again at what is at these places, if the last look was a while ago. */
  async freshen({ first, end }: Span): Promise<void> {
    const old = Date.now() - OLD_MS;
    await this.readAgain(({ items, at }, begin) => at <= old && begin < end && begin + items.length > first);
  }

  more(): void {
    if (!this.isGrowing()) this.fetchMore();
  }

  private async readAgain(wanted: (page: ItemPage, begin: number) => boolean): Promise<void> {
    const list = this.list();
    const cursors = list === undefined ? [] : cursorsOf(list, wanted);
    await Promise.all(cursors.map((cursor) => this.readPageAgain(cursor)));
  }

  /** A page that cannot be read just now stays as it is. */
  private async readPageAgain(cursor: string | null): Promise<void> {
    const { project, filter, reading } = this;
    const params = this.list()?.pageParams ?? [];
    const until = params[params.indexOf(cursor) + 1] ?? null;
    if (reading.has(cursor)) return;
    reading.add(cursor);
    const fresh = await readBetween((from) => readPage(project, filter, from), cursor, until).catch(() => null);
    reading.delete(cursor);
    if (fresh !== null) this.queries.setQueryData<ItemPages>(listKey(project, filter), (list) => list && exchanged(list, cursor, fresh));
  }

  /** Whether what follows the last item is on its way. */
  private isGrowing(): boolean {
    return this.queries.isFetching({ queryKey: ["items", this.project], predicate: ({ state }) => state.fetchMeta?.fetchMore !== undefined }) > 0;
  }

  private list(): ItemPages | undefined {
    return this.queries.getQueryData<ItemPages>(listKey(this.project, this.filter));
  }
}
