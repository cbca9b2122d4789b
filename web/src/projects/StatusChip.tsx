import type { Project } from "../api/types";
import { t } from "../words/words";

const TITLES: Readonly<Record<Project["status"], string>> = { initializing: t("initializing"), running: t("running"), paused: t("paused"), failed: t("failed"), deleting: t("deleting") };
const TONES: Partial<Record<string, string>> = { running: "good", failed: "bad", initializing: "busy", deleting: "busy" };

export function StatusChip({ status }: { status: Project["status"] }) {
  return <span className={`chip ${TONES[status] ?? ""}`}>{TITLES[status]}</span>;
}

