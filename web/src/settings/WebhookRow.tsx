import { useState } from "react";
import { unwrap } from "../api/client";
import type { Happened, Webhook } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { Failure } from "../ui/Failure";
import { Deliveries } from "./Deliveries";
import { EVENTS } from "./events";
import { WebhookForm } from "./WebhookForm";
import { n, t } from "../words/words";

function useWebhookActions(project: string, webhook: string) {
  const params = { path: { project, webhook } };
  const address = "/api/projects/{project}/webhooks/{webhook}";
  return {
    change: useAction(project, (body: { url?: string; events?: Happened[]; enabled?: boolean }) => unwrap(api.PATCH(address, { params, body }))),
    remove: useAction(project, () => unwrap(api.DELETE(address, { params }))),
    test: useAction(project, () => unwrap(api.POST("/api/projects/{project}/webhooks/{webhook}/test", { params }))),
  };
}

function toldOf(events: readonly Happened[]): string {
  if (events.length === 0) return t("told of everything");
  return events.length <= 3 ? events.map((event) => EVENTS[event]).join(", ") : n(events.length, "{n} event", "{n} events");
}

/** One webhook: on or off, and what became of its messages. */
export function WebhookRow({ project, webhook }: { project: string; webhook: Webhook }) {
  const { change, remove, test } = useWebhookActions(project, webhook.id);
  const [editing, setEditing] = useState(false);
  const [open, setOpen] = useState(false);
  const error = remove.error ?? test.error ?? (editing ? null : change.error);
  if (editing) {
    return (
      <li className="webhook">
        <WebhookForm before={webhook} submit={t("Save")} busy={change.isPending} error={change.error} onCancel={() => setEditing(false)} onSubmit={(body) => change.mutate(body, { onSuccess: () => setEditing(false) })} />
      </li>
    );
  }
  return (
    <li className="webhook">
      <code>{webhook.url}</code>
      <span className="small muted">
        {toldOf(webhook.events)}
        {!webhook.enabled && webhook.reason !== null && <span className="danger-text"> · {webhook.reason}</span>}
      </span>
      <div className="row wrap">
        <label className="row">
          <input type="checkbox" checked={webhook.enabled} disabled={change.isPending} onChange={(event) => change.mutate({ enabled: event.target.checked })} />
          {t("On")}
        </label>
        <button type="button" disabled={test.isPending} onClick={() => test.mutate(undefined, { onSuccess: () => setOpen(true) })}>
          {t("Send a test")}
        </button>
        <button type="button" onClick={() => setEditing(true)}>
          {t("Edit")}
        </button>
        <button type="button" className="quiet" disabled={remove.isPending} aria-label={t("Delete the webhook to {url}", { url: webhook.url })} onClick={() => remove.mutate(undefined)}>
          {t("Delete")}
        </button>
      </div>
      <Failure of={error} />
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="small">{t("Messages")}</summary>
        {open && <Deliveries project={project} webhook={webhook.id} />}
      </details>
    </li>
  );
}
