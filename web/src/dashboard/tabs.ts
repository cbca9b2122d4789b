import type { Kind } from "../kinds/kinds";
import type { Right } from "../projects/rights";
import { t } from "../words/words";

export type TabId = "" | "items" | "team" | "labels" | "agreement" | "models" | "log" | "settings";

interface Tab {
  readonly id: TabId;
  readonly title: (kind: Kind) => string;
  readonly needs: Right;
}

/** The parts of a project's page, and who may see each. */
export const TABS: readonly Tab[] = [
  { id: "", title: () => t("Dashboard"), needs: "read_dashboard" },
  { id: "items", title: ({ item }) => t("{Item}s", { item }), needs: "read_items" },
  { id: "team", title: () => t("Team"), needs: "read_members" },
  { id: "labels", title: () => t("Labels"), needs: "read_items" },
  { id: "agreement", title: () => t("Agreement"), needs: "read_agreement" },
  { id: "models", title: () => t("Models"), needs: "read_runs" },
  { id: "log", title: () => t("Log"), needs: "read_log" },
  { id: "settings", title: () => t("Settings"), needs: "edit_project" },
];
