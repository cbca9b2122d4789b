import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { kindOf } from "../kinds/kinds";
import { Icon } from "../ui/Icon";
import { useAction } from "./useAction";
import { n, t } from "../words/words";

function Failed({ project, manage }: { project: Project; manage: boolean }) {
  const params = { path: { project: project.id } };
  const again = useAction(project.id, () => unwrap(api.POST("/api/projects/{project}/refresh", { params })));
  return (
    <div className="banner bad" role="alert">
      <p>{project.reason ?? t("The project could not be initialized.")}</p>
      {manage && (
        <div className="row">
          <button type="button" disabled={again.isPending} onClick={() => again.mutate(undefined)}>
            <Icon name="refresh" />
            {t("Look again")}
          </button>
          {again.isError && messageOf(again.error)}
        </div>
      )}
    </div>
  );
}

/** What a project shows that cannot be labeled: why, and what to do about it. */
export function NotReady({ project, manage }: { project: Project; manage: boolean }) {
  if (project.status === "failed") return <Failed project={project} manage={manage} />;
  const { item } = kindOf(project.kind);
  const text =
    project.status === "deleting"
      ? t("The project is being deleted.")
      : t("The project is looking for its {item}s. Labeling starts by itself once it knows them all.", { item });
  return (
    <div className="card empty" role="status">
      <h2 className="number">{t("{found} so far", { found: n(project.found, "{n} {item}", "{n} {item}s", { item }) })}</h2>
      <p className="muted">{text}</p>
    </div>
  );
}
