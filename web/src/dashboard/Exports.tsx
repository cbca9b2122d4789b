import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import type { Export, Project } from "../api/types";
import { api } from "../auth/session";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { ExportForm } from "./ExportForm";
import { FORMAT_TITLES } from "./formats";
import { TransferRow, unfinished } from "./TransferRow";
import { t, words } from "../words/words";

const RUNNING_MS = 700;
const QUIET_MS = 15_000;
const SHOWN = 6;

function useExports(project: string) {
  return useQuery({
    queryKey: ["exports", project],
    queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/exports", { params: { path: { project } } }))).items,
    refetchInterval: ({ state }) => (state.data?.some(unfinished) ? RUNNING_MS : QUIET_MS),
  });
}

function Download({ found }: { found: Export }) {
  if (found.expired) return <span className="muted small">{t("The file has expired: export again")}</span>;
  return (
    <a className="button" href={found.url ?? undefined} download>
      <Icon name="download" />
      {t("Download")}
    </a>
  );
}

export function Exports({ project }: { project: Project }) {
  const { data, error } = useExports(project.id);
  return (
    <section className="card panel-card" aria-label={t("Export")}>
      <h2>{t("Export")}</h2>
      <ExportForm project={project} />
      <Failure of={error} />
      <ul className="plain-list">
        {(data ?? []).slice(0, SHOWN).map((found) => (
          <TransferRow
            key={found.id}
            found={found}
            name={words("Export")}
            title={FORMAT_TITLES[found.format]}
            more={found.asset && <span title={found.asset}>{" "}{t("· registered")}</span>}
            done={<Download found={found} />}
          />
        ))}
      </ul>
    </section>
  );
}
