import type { PartProps } from "../dashboard/ProjectPage";
import { useDashboard } from "../projects/queries";
import { BackupCard } from "../backups/BackupCard";
import { AssistCard } from "./AssistCard";
import { CostCard } from "./CostCard";
import { InstructionsEditor } from "./InstructionsEditor";
import { RefreshCard } from "./RefreshCard";
import { Webhooks } from "./Webhooks";
import "./settings.css";

const REFRESH_MS = 5000;

/** What an owner sets while the project is there. */
export default function SettingsPart({ found, may }: PartProps) {
  const { project } = found;
  const { data } = useDashboard(project.id, REFRESH_MS);
  return (
    <div className="settings">
      <div className="stack">
        <InstructionsEditor project={project} />
        <AssistCard project={project} />
        {may("read_cost") && <CostCard project={project} />}
        {may("back_up") && <BackupCard project={project} />}
        {may("edit_webhooks") && <Webhooks project={project.id} />}
      </div>
      <div className="stack">
        {data !== undefined && <RefreshCard project={project} refresh={data.refresh} />}
      </div>
    </div>
  );
}
