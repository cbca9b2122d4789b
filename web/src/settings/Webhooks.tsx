import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { unwrap } from "../api/client";
import type { Happened } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { CopyButton } from "../ui/CopyButton";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { WebhookForm } from "./WebhookForm";
import { WebhookRow } from "./WebhookRow";
import { Rich } from "../words/Rich";
import { t } from "../words/words";

function useWebhooks(project: string) {
  return useQuery({ queryKey: ["webhooks", project], queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/webhooks", { params: { path: { project } } }))).items });
}

/** The secret of a new webhook, which can be seen this once. */
function Secret({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <div className="secret" role="status">
      <p>
        <Rich text="{this} Messages are signed with it: keep it where they are received." this={<strong>{t("This secret is shown only now.")}</strong>} />
      </p>
      <code>{secret}</code>
      <div className="row">
        <CopyButton text={secret} name={t("the secret")} />
        <button type="button" className="quiet" onClick={onClose}>
          {t("I have it")}
        </button>
      </div>
    </div>
  );
}

/** Other systems that are told what happens here. */
export function Webhooks({ project }: { project: string }) {
  const { data, error } = useWebhooks(project);
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const add = useAction(project, (body: { url: string; events: Happened[] }) => unwrap(api.POST("/api/projects/{project}/webhooks", { params: { path: { project } }, body })));
  return (
    <section className="card panel-card" aria-label={t("Webhooks")}>
      <div className="row apart wrap">
        <div>
          <h2>{t("Webhooks")}</h2>
          <p className="small muted">{t("Other systems that are told what happens here, by signed messages.")}</p>
        </div>
        {!adding && (
          <button type="button" onClick={() => setAdding(true)}>
            <Icon name="plus" />
            {t("Add a webhook")}
          </button>
        )}
      </div>
      {adding && (
        <WebhookForm
          before={{ url: "", events: [] }}
          submit={t("Add it")}
          busy={add.isPending}
          error={add.error}
          onCancel={() => setAdding(false)}
          onSubmit={(body) =>
            add.mutate(body, {
              onSuccess: (made) => {
                setSecret(made.secret);
                setAdding(false);
              },
            })
          }
        />
      )}
      {secret !== null && <Secret secret={secret} onClose={() => setSecret(null)} />}
      <Failure of={error} />
      <ul className="plain-list">
        {(data ?? []).map((webhook) => (
          <WebhookRow key={webhook.id} project={project} webhook={webhook} />
        ))}
      </ul>
    </section>
  );
}
