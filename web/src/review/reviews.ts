import { unwrap, type Api } from "../api/client";
import { Problem } from "../api/problem";
import type { Answer, Item, ItemDetail, ReviewAction } from "../api/types";

/** What an item has become that somebody looked at earlier. */
export interface Changed {
  readonly item: string;
  readonly version: number;
  readonly status: Item["status"];
  readonly by?: string;
  readonly at?: string;
  /** What was done to it, or the source of what was said. */
  readonly action?: string;
}

export interface Asked {
  readonly action: ReviewAction;
  readonly items: readonly string[];
  /** By item, those that the reviewer saw. */
  readonly versions: Readonly<Record<string, number>>;
  readonly comment: string | null;
  readonly to: string | null;
}

/** What reviewing asks of the server, for one project. */
export interface Reviews {
  /** The items that it was done to. Refused with `changedOf` when some are not as the reviewer saw them. */
  act(asked: Asked): Promise<readonly string[]>;
  correct(item: string, answer: Answer, version: number): Promise<ItemDetail>;
  read(item: string): Promise<ItemDetail>;
}

export function reviewsOf(api: Api, project: string): Reviews {
  return {
    async act({ action, items, versions, comment, to }) {
      const body = { action, items: [...items], versions: { ...versions }, comment, assign_to: to };
      return (await unwrap(api.POST("/api/projects/{project}/items/review", { params: { path: { project } }, body }))).done;
    },
    async correct(item, answer, version) {
      const params = { path: { project, item }, header: { "if-match": `"${version}"` } };
      const body = { answer };
      return (await unwrap(api.PUT("/api/projects/{project}/items/{item}/annotation", { params, body }))) as ItemDetail;
    },
    async read(item) {
      return (await unwrap(api.GET("/api/projects/{project}/items/{item}", { params: { path: { project, item } } }))) as ItemDetail;
    },
  };
}

/** What changed meanwhile, and what was done before that was noticed; null of any other error. */
export function changedOf(error: unknown): { changed: readonly Changed[]; done: readonly string[] } | null {
  if (!(error instanceof Problem) || error.status !== 412) return null;
  const { changed, done } = error.more;
  return Array.isArray(changed) && Array.isArray(done) ? { changed: changed as Changed[], done: done as string[] } : null;
}
