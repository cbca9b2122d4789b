import { useDashboardSince } from "../projects/queries";
import { usePerson } from "../shell/person";
import { useStore } from "../ui/store";

const REFRESH_MS = 5000;

/**
 * How many items others hold; null until that is known. The server counts a submission that is still on its
 * way as held, so it is asked when it has everything from here, and what it said before does not count.
 */
export function useHeldByOthers(project: string): number | null {
  const { waiting, saved } = useStore(usePerson().outbox.state);
  const settled = waiting.every((entry) => entry.project !== project);
  const { data } = useDashboardSince(project, saved, REFRESH_MS, settled);
  return settled && data ? data.items.leased : null;
}
