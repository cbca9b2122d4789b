import type { Kind } from "../kinds/kinds";
import type { Right } from "../projects/rights";
import { capital } from "../ui/wording";

export type TabId = "" | "items" | "team" | "labels" | "agreement" | "models" | "log" | "settings";

interface Tab {
  readonly id: TabId;
  readonly title: (kind: Kind) => string;
  readonly needs: Right;
}

/** The parts of a project's page, and who may see each. */
export const TABS: readonly Tab[] = [
  { id: "", title: () => "Dashboard", needs: "read_dashboard" },
  { id: "items", title: ({ item }) => `${capital(item)}s`, needs: "read_items" },
  { id: "team", title: () => "Team", needs: "read_members" },
  { id: "labels", title: () => "Labels", needs: "read_items" },
  { id: "agreement", title: () => "Agreement", needs: "read_agreement" },
  { id: "models", title: () => "Models", needs: "read_runs" },
  { id: "log", title: () => "Log", needs: "read_log" },
  { id: "settings", title: () => "Settings", needs: "edit_project" },
];
