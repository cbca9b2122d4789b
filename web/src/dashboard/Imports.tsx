import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { Failure } from "../ui/Failure";
import { FORMAT_TITLES } from "./formats";
import { ImportForm } from "./ImportForm";
import { TransferRow, unfinished } from "./TransferRow";
import { t, words } from "../words/words";

const RUNNING_MS = 700;
const QUIET_MS = 15_000;
const SHOWN = 6;

function useImports(project: string) {
  return useQuery({
    queryKey: ["imports", project],
    queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/imports", { params: { path: { project } } }))).items,
    refetchInterval: ({ state }) => (state.data?.some(unfinished) ? RUNNING_MS : QUIET_MS),
  });
}

/** Labels from elsewhere: what was imported, and a form that opens when somebody wants to import more. */
export function Imports({ project }: { project: Project }) {
  const { data, error } = useImports(project.id);
  return (
    <section className="card panel-card" aria-label={t("Import")}>
      <h2>{t("Import")}</h2>
      <details>
        <summary>{t("Bring labels along from a file")}</summary>
        <ImportForm project={project} />
      </details>
      <Failure of={error} />
      <ul className="plain-list">
        {(data ?? []).slice(0, SHOWN).map((found) => (
          <TransferRow
            key={found.id}
            found={found}
            name={words("Import")}
            title={FORMAT_TITLES[found.format]}
            more={
              <>
                {" · "}
                {{ labels: t("final"), prelabels: t("to check"), consensus: t("of the votes") }[found.as]} · <code>{found.path}</code>
              </>
            }
          />
        ))}
      </ul>
    </section>
  );
}
