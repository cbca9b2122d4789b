import type { Happened } from "../api/types";
import { t } from "../words/words";

/** What a webhook can be told of, in words. */
export const EVENTS: Readonly<Record<Happened, string>> = {
  project_created: t("Project created"),
  project_paused: t("Paused"),
  project_resumed: t("Resumed"),
  project_edited: t("Settings changed"),
  project_deleted: t("Deleted"),
  backed_up: t("Backed up"),
  restored: t("Restored from a backup"),
  instructions_changed: t("Instructions changed"),
  labels_changed: t("Labels changed"),
  labels_change_finished: t("Answers follow new labels"),
  member_added: t("Member added"),
  member_changed: t("Member changed"),
  member_removed: t("Member removed"),
  invitation_sent: t("Invitation sent"),
  invitation_accepted: t("Invitation accepted"),
  reservations_changed: t("Parts reserved"),
  items_reviewed: t("Items reviewed"),
  items_assigned: t("Items handed to somebody"),
  gold_marked: t("Gold marked"),
  agreement_measured: t("Agreement measured"),
  export_finished: t("Export finished"),
  import_finished: t("Import finished"),
  refreshed: t("New data found"),
  webhook_added: t("Webhook added"),
  webhook_changed: t("Webhook changed"),
  webhook_removed: t("Webhook removed"),
  run_started: t("Run started"),
  run_finished: t("Run finished"),
  run_failed: t("Run failed"),
  run_canceled: t("Run canceled"),
  threshold_changed: t("Threshold changed"),
  model_registered: t("Model registered"),
};

export const ALL_EVENTS = Object.keys(EVENTS) as readonly Happened[];

/** What becomes of a message: taken, on its way, or given up. */
export function deliveryState({ status, next_attempt: next }: { status: number | null; next_attempt: string | null }): "taken" | "waiting" | "failed" {
  if (status !== null && status >= 200 && status < 300) return "taken";
  return next === null ? "failed" : "waiting";
}
