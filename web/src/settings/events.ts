import type { Happened } from "../api/types";

/** What a webhook can be told of, in words. */
export const EVENTS: Readonly<Record<Happened, string>> = {
  project_created: "Project created",
  project_paused: "Paused",
  project_resumed: "Resumed",
  project_edited: "Settings changed",
  project_deleted: "Deleted",
  backed_up: "Backed up",
  restored: "Restored from a backup",
  instructions_changed: "Instructions changed",
  labels_changed: "Labels changed",
  labels_change_finished: "Answers follow new labels",
  member_added: "Member added",
  member_changed: "Member changed",
  member_removed: "Member removed",
  invitation_sent: "Invitation sent",
  invitation_accepted: "Invitation accepted",
  reservations_changed: "Parts reserved",
  items_reviewed: "Items reviewed",
  items_assigned: "Items handed to somebody",
  gold_marked: "Gold marked",
  agreement_measured: "Agreement measured",
  export_finished: "Export finished",
  import_finished: "Import finished",
  refreshed: "New data found",
  webhook_added: "Webhook added",
  webhook_changed: "Webhook changed",
  webhook_removed: "Webhook removed",
  run_started: "Run started",
  run_finished: "Run finished",
  run_failed: "Run failed",
  run_canceled: "Run canceled",
  threshold_changed: "Threshold changed",
  model_registered: "Model registered",
};

export const ALL_EVENTS = Object.keys(EVENTS) as readonly Happened[];

/** What becomes of a message: taken, on its way, or given up. */
export function deliveryState({ status, next_attempt: next }: { status: number | null; next_attempt: string | null }): "taken" | "waiting" | "failed" {
  if (status !== null && status >= 200 && status < 300) return "taken";
  return next === null ? "failed" : "waiting";
}
