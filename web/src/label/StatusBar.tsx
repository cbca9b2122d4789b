import { useDashboard } from "../projects/queries";
import { pace } from "./pace";
import { SaveState } from "./SaveState";
import { useDesk, useLabeling } from "./useSession";
import { plural } from "./wording";

const REFRESH_MS = 10_000;

export function StatusBar() {
  const { project } = useDesk();
  const { done, marks, startedAt } = useLabeling();
  const { data, dataUpdatedAt } = useDashboard(project.id, REFRESH_MS);
  const now = Math.max(dataUpdatedAt, marks.at(-1)?.at ?? 0);
  const perMinute = pace(marks, startedAt, now);
  return (
    <footer className="status-bar">
      <span className="number">{data ? `${data.items.pending.toLocaleString("en")} left` : "\u00a0"}</span>
      <span className="number">{plural(done, "image")} this session</span>
      {perMinute !== null && <span className="number">about {perMinute} a minute</span>}
      <span className="grow" />
      <SaveState />
    </footer>
  );
}
