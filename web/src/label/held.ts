import { useEffect, useState } from "react";
import { useDashboardSince } from "../projects/queries";
import { usePerson } from "../shell/person";
import { useStore } from "../ui/store";
import { useDesk } from "./useSession";

const REFRESH_MS = 5000;

export interface Held {
  readonly others: number;
  /** In other windows of this browser. */
  readonly mine: number;
}

/**
 * How many items are held, and by whom; null until that is known. The server counts a submission that is still on
 * its way as held, so it is asked when it has everything from here, and what it said before does not count.
 */
export function useHeld(project: string): Held | null {
  const { session } = useDesk();
  const { waiting, saved } = useStore(usePerson().outbox.state);
  const [mine, setMine] = useState(0);
  const settled = waiting.every((entry) => entry.project !== project);
  const { data, dataUpdatedAt } = useDashboardSince(project, saved, REFRESH_MS, settled);
  useEffect(() => void session.heldElsewhere().then(setMine), [session, dataUpdatedAt]);
  return settled && data ? { others: Math.max(0, data.items.leased - mine), mine } : null;
}
