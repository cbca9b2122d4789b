import { useEffect, useState } from "react";
import type { Item } from "../api/types";
import type { ListedItems } from "./listed";
import type { Span } from "./rows";

const LOOK_AGAIN_MS = 15_000;
/** What passes by while somebody scrolls is not read. */
const STILL_MS = 250;
/** What follows is fetched before so many items are left below those that are drawn. */
const SPARE = 30;

interface Growing {
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isFetchNextPageError: boolean;
  readonly fetchNextPage: () => unknown;
}

/** The places of the list that are drawn: kept fresh, and with what follows them on its way. */
export function useSight(listed: ListedItems, items: readonly Item[], { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage }: Growing) {
  const [sight, setSight] = useState<Span>({ first: 0, end: 0 });
  const wanting = hasNextPage && !isFetching && !isFetchNextPageError && items.length < sight.end + SPARE;
  useEffect(() => {
    if (wanting) void fetchNextPage();
  }, [wanting, fetchNextPage]);
  useEffect(() => {
    const look = () => void (document.visibilityState === "visible" && listed.freshen(sight));
    const still = setTimeout(look, STILL_MS);
    const again = setInterval(look, LOOK_AGAIN_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(still);
      clearInterval(again);
      document.removeEventListener("visibilitychange", look);
    };
  }, [listed, sight]);
  return { sight, setSight };
}
