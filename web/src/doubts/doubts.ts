import { useInfiniteQuery, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import type { Doubt, Item, ItemDetail } from "../api/types";
import { api } from "../auth/session";
import { newer } from "../items/pages";
import { itemKey } from "../items/queries";
import type { Shelf } from "../review/session";

interface DoubtPage {
  readonly run: string | null;
  readonly items: readonly Doubt[];
  readonly next?: string | null;
}

const PAGE = 100;
const doubtsKey = (project: string) => ["doubts", project] as const;

/** What the last model doubts, the most doubtful first. It is read once: what is decided keeps its place. */
export function useDoubts(project: string) {
  return useInfiniteQuery({
    queryKey: doubtsKey(project),
    queryFn: async ({ pageParam: cursor }): Promise<DoubtPage> => {
      const query = { limit: PAGE, ...(cursor === null ? {} : { cursor }) };
      return (await unwrap(api.GET("/api/projects/{project}/doubts", { params: { path: { project }, query } }))) as DoubtPage;
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  });
}

/** The doubtful items as they were read last, by the list or one by one. */
export class ListedDoubts implements Shelf {
  private readonly read = new Map<string, Item>();
  private fetchMore: () => void = () => undefined;

  constructor(private readonly queries: QueryClient, private readonly project: string) {}

  /** Registers how to get what follows. */
  show(fetchMore: () => void): void {
    this.fetchMore = fetchMore;
  }

  items(): readonly Item[] {
    return this.doubts().map(({ item }) => this.latest(item));
  }

  doubtOf(item: string): Doubt | undefined {
    return this.doubts().find((doubt) => doubt.item.id === item);
  }

  find(item: string): Item | undefined {
    const listed = this.doubtOf(item)?.item;
    return listed && this.latest(listed);
  }

  async put(details: readonly ItemDetail[]): Promise<void> {
    await Promise.all(details.map(({ id }) => this.queries.cancelQueries({ queryKey: itemKey(this.project, id) })));
    for (const detail of details) {
      this.read.set(detail.id, detail);
      this.queries.setQueryData(itemKey(this.project, detail.id), detail);
    }
  }

  async reload(): Promise<void> {
    await this.queries.invalidateQueries({ queryKey: ["item", this.project] });
  }

  more(): void {
    this.fetchMore();
  }

  private doubts(): readonly Doubt[] {
    return this.queries.getQueryData<InfiniteData<DoubtPage>>(doubtsKey(this.project))?.pages.flatMap(({ items }) => items) ?? [];
  }

  private latest(listed: Item): Item {
    const read = newer(this.read.get(listed.id), listed);
    return newer(this.queries.getQueryData<ItemDetail>(itemKey(this.project, listed.id)), read) ?? listed;
  }
}
