import type { Project } from "../api/types";

const TONES: Partial<Record<string, string>> = { running: "good", failed: "bad", initializing: "busy", deleting: "busy" };

export function StatusChip({ status }: { status: Project["status"] }) {
  return <span className={`chip ${TONES[status] ?? ""}`}>{status}</span>;
}

