import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import type { Delivery, Happened } from "../api/types";
import { api } from "../auth/session";
import { Failure } from "../ui/Failure";
import { when } from "../ui/when";
import { deliveryState, EVENTS } from "./events";
import { t } from "../words/words";

const SOON_MS = 2000;

function useDeliveries(project: string, webhook: string) {
  return useQuery({
    queryKey: ["deliveries", project, webhook],
    queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/webhooks/{webhook}/deliveries", { params: { path: { project, webhook } } }))).items,
    refetchInterval: SOON_MS,
  });
}

function titleOf(event: string): string {
  if (event === "test") return t("Test");
  return Object.hasOwn(EVENTS, event) ? EVENTS[event as Happened] : event;
}

function Outcome({ delivery }: { delivery: Delivery }) {
  const state = deliveryState(delivery);
  if (state === "taken") return <span className="chip good">{t("taken")}</span>;
  if (state === "failed") return <span className="chip bad">{t("given up")}</span>;
  return <span className="chip busy">{delivery.attempts === 0 ? t("on its way") : t("tried again soon")}</span>;
}

/** The last messages to a webhook, and what became of them. */
export function Deliveries({ project, webhook }: { project: string; webhook: string }) {
  const { data, error } = useDeliveries(project, webhook);
  if (error !== null) return <Failure of={error} />;
  if (data === undefined) return null;
  if (data.length === 0) return <p className="small muted">{t("None so far.")}</p>;
  return (
    <div className="table-scroll">
      <table className="deliveries">
        <thead>
          <tr>
            <th>{t("Event")}</th>
            <th>{t("When")}</th>
            <th>{t("Outcome")}</th>
            <th className="number">{t("Attempts")}</th>
            <th>{t("Answer")}</th>
          </tr>
        </thead>
        <tbody>
          {data.map((delivery) => (
            <tr key={delivery.id}>
              <td>{titleOf(delivery.event)}</td>
              <td>{when(delivery.at)}</td>
              <td>
                <Outcome delivery={delivery} />
              </td>
              <td className="number">{delivery.attempts}</td>
              <td className="muted">
                {delivery.status} {delivery.error}
                {delivery.next_attempt !== null && delivery.attempts > 0 && t(" Next: {next_attempt}", { next_attempt: when(delivery.next_attempt) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
