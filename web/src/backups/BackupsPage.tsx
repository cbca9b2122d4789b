import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { unwrap } from "../api/client";
import type { Backup } from "../api/types";
import { api } from "../auth/session";
import { isAdministrator, usePerson } from "../shell/person";
import { NotFound } from "../shell/NotFound";
import { Shell } from "../shell/Shell";
import { Failure } from "../ui/Failure";
import { t } from "../words/words";
import { BackupRow } from "./BackupRow";
import { busy } from "./backups";
import { RestoreDialog } from "./RestoreDialog";

const AGAIN_MS = 2000;

function useChange<T>(act: (value: T) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: act, onSettled: () => queries.invalidateQueries() });
}

function Row({ backup }: { backup: Backup }) {
  const [asking, setAsking] = useState(false);
  const params = { path: { backup: backup.id } };
  const restore = useChange((body: { name: string | null; moved: boolean }) => unwrap(api.POST("/api/backups/{backup}/restore", { params, body })));
  const remove = useChange(() => unwrap(api.DELETE("/api/backups/{backup}", { params })));
  return (
    <BackupRow backup={backup} title={backup.name}>
      <button type="button" disabled={backup.status !== "done" || busy(backup)} onClick={() => setAsking(true)}>
        {t("Restore")}
      </button>
      <button type="button" className="quiet" disabled={busy(backup) || remove.isPending} aria-label={t("Delete the backup of {name}", { name: backup.name })} onClick={() => confirm(t("Delete this backup of {name} for good?", { name: backup.name })) && remove.mutate(undefined)}>
        {t("Delete")}
      </button>
      <Failure of={remove.error} />
      {asking && <RestoreDialog backup={backup} pending={restore.isPending} error={restore.error} onClose={() => setAsking(false)} onRestore={(how) => restore.mutate(how, { onSuccess: () => setAsking(false) })} />}
    </BackupRow>
  );
}

/** A file that somebody copied into the container. */
function TakeIn() {
  const [path, setPath] = useState("");
  const take = useChange((blob: string) => unwrap(api.POST("/api/backups", { body: { path: blob } })));
  return (
    <form
      className="row wrap"
      onSubmit={(event) => {
        event.preventDefault();
        take.mutate(path, { onSuccess: () => setPath("") });
      }}
    >
      <input className="grow" type="text" value={path} placeholder="backups/…" aria-label={t("Path of a backup from another deployment")} onChange={(event) => setPath(event.target.value)} />
      <button type="submit" disabled={path === "" || take.isPending}>
        {t("Take it in")}
      </button>
      <Failure of={take.error} />
    </form>
  );
}

function Backups() {
  const { data, error } = useQuery({
    queryKey: ["backups"],
    queryFn: async () => (await unwrap(api.GET("/api/backups"))).items,
    refetchInterval: ({ state }) => (state.data?.some(busy) ? AGAIN_MS : false),
  });
  return (
    <Shell title={t("Backups")}>
      <main className="page">
        <div className="page-head">
          <h1>{t("Backups")}</h1>
        </div>
        <section className="card panel-card" aria-label={t("Backups")}>
          <p className="small muted">{t("Of all projects, also of those that are gone. A project is restored when it is gone; its owners make backups in its settings.")}</p>
          <Failure of={error} />
          {data?.length === 0 && <p>{t("There is no backup yet.")}</p>}
          <ul className="plain-list">
            {(data ?? []).map((backup) => (
              <Row key={backup.id} backup={backup} />
            ))}
          </ul>
          <p className="small muted">{t("A backup of another deployment: copy its file into this one's container, below backups/, and name it here.")}</p>
          <TakeIn />
        </section>
      </main>
    </Shell>
  );
}

export default function BackupsPage() {
  return isAdministrator(usePerson().me) ? <Backups /> : <NotFound />;
}
