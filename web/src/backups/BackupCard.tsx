import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";
import { Failure } from "../ui/Failure";
import { when } from "../ui/when";
import { t } from "../words/words";
import { BackupRow } from "./BackupRow";
import { busy } from "./backups";

const AGAIN_MS = 2000;

/** The project's backups, and how to make one. */
export function BackupCard({ project }: { project: Project }) {
  const params = { path: { project: project.id } };
  const { data, error } = useQuery({
    queryKey: ["backups", project.id],
    queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/backups", { params }))).items,
    refetchInterval: ({ state }) => (state.data?.some(busy) ? AGAIN_MS : false),
  });
  const make = useAction(project.id, () => unwrap(api.POST("/api/projects/{project}/backups", { params })));
  const problem = make.error ?? error;
  return (
    <section className="card panel-card" aria-label={t("Backups")}>
      <div className="row apart wrap">
        <h2>{t("Backups")}</h2>
        <button type="button" disabled={make.isPending} onClick={() => make.mutate(undefined)}>
          {t("Back up")}
        </button>
      </div>
      <p className="small muted">{t("One file with everything but the data that is labeled. It outlives the project; an administrator restores it. Keep it to yourself: the webhooks' secrets are in it.")}</p>
      <Failure of={problem} />
      <ul className="plain-list">
        {(data ?? []).map((backup) => (
          <BackupRow key={backup.id} backup={backup} title={when(backup.created_at)} />
        ))}
      </ul>
    </section>
  );
}
