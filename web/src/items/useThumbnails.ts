import { useEffect, useState } from "react";
import { unwrap } from "../api/client";
import type { Item } from "../api/types";
import { api } from "../auth/session";
import { useStore } from "../ui/store";
import { Thumbnails, type ThumbnailsById } from "./thumbnails";

async function load(project: string, items: readonly string[]): Promise<ThumbnailsById> {
  const params = { path: { project } };
  const { thumbnails } = await unwrap(api.POST("/api/projects/{project}/items/thumbnails", { params, body: { items: [...items] } }));
  return new Map(thumbnails.map(({ item, url, reason }) => [item, { url, reason: reason ?? null }]));
}

/** What passes by while somebody scrolls is not asked for. */
const STILL_MS = 60;

export function useThumbnails(project: string, items: readonly Item[], enabled: boolean): ThumbnailsById {
  const [thumbnails] = useState(() => new Thumbnails((ids) => load(project, ids)));
  useEffect(() => {
    if (!enabled) return;
    const timer = setTimeout(() => thumbnails.want(items), STILL_MS);
    return () => clearTimeout(timer);
  }, [thumbnails, items, enabled]);
  return useStore(thumbnails.known);
}
