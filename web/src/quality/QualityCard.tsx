import type { Project } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { qualityLines } from "./quality";
import { t } from "../words/words";

/** How answers are settled in this project. It was chosen when the project was created. */
export function QualityCard({ project }: { project: Project }) {
  return (
    <section className="card panel-card" aria-label={t("Quality control")}>
      <h2>{t("Quality control")}</h2>
      <dl className="details">
        {qualityLines(project.quality, kindOf(project.kind)).map(([name, value]) => (
          <div key={name} className="details-row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {project.vendor !== null && (
          <div className="details-row">
            <dt>{t("Vendor")}</dt>
            <dd>
              {project.vendor.name}
              {project.vendor.admin_email != null && `, ${project.vendor.admin_email}`}
            </dd>
          </div>
        )}
      </dl>
      <p className="small muted">{t("Chosen when the project was created.")}</p>
    </section>
  );
}
