import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { navigate } from "wouter/use-browser-location";
import type { ReviewSession, ReviewState } from "../review/session";
import { useStore } from "../ui/store";
import { ItemAddress, itemIn } from "./address";

const openIn = ({ view, selection }: ReviewState) => (view === "grid" ? null : selection.cursor);

const PLACE = {
  search: () => location.search,
  go: (search: string, how: { replace: boolean }) => navigate(`${location.pathname}${search}`, how),
  back: () => history.back(),
};

/** An open item has an address of its own, which can be shared, reloaded, and left by going back. */
export function useAddress(session: ReviewSession): void {
  const open = openIn(useStore(session.state));
  const [address] = useState(() => new ItemAddress(PLACE, (item) => session.show(item)));
  const begun = useRef(false);
  useLayoutEffect(() => {
    const item = itemIn(location.search);
    if (item !== null) session.show(item);
    const onMove = () => address.moved(openIn(session.state.get()));
    window.addEventListener("popstate", onMove);
    return () => window.removeEventListener("popstate", onMove);
  }, [session, address]);
  useEffect(() => {
    if (begun.current) address.follow(open);
    begun.current = true;
  }, [address, open]);
}
