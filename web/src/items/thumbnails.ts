import { useQueries } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import type { Item } from "../api/types";
import { api } from "../auth/session";

/** What to show of an item in a grid, or why there is nothing. */
export interface Thumbnail {
  readonly url: string | null;
  readonly reason: string | null;
}

const AT_ONCE = 60;
const KEPT_MS = 20 * 60_000;
/** An image of no longer side is as small as a thumbnail would be. */
const SMALL_SIDE = 512;

function needsOne({ url, width, height }: Item): boolean {
  const small = width !== null && height !== null && Math.max(width, height) <= SMALL_SIDE;
  return url === null || !small;
}

async function load(project: string, items: readonly string[]): Promise<ReadonlyMap<string, Thumbnail>> {
  const params = { path: { project } };
  const { thumbnails } = await unwrap(api.POST("/api/projects/{project}/items/thumbnails", { params, body: { items: [...items] } }));
  return new Map(thumbnails.map(({ item, url, reason }) => [item, { url, reason: reason ?? null }]));
}

/** Small pictures of images, asked for as many at a time as the server makes. */
export function useThumbnails(project: string, items: readonly Item[], enabled: boolean): ReadonlyMap<string, Thumbnail> {
  const wanted = enabled ? items.filter(needsOne).map(({ id }) => id) : [];
  const groups = Array.from({ length: Math.ceil(wanted.length / AT_ONCE) }, (_, index) => wanted.slice(index * AT_ONCE, (index + 1) * AT_ONCE));
  const found = useQueries({
    queries: groups.map((ids) => ({ queryKey: ["thumbnails", project, ids], queryFn: () => load(project, ids), staleTime: KEPT_MS, retry: false })),
  });
  return new Map(found.flatMap(({ data }) => [...(data ?? [])]));
}
