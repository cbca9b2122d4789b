import type { LabelNode, Project } from "../../api/types";
import { count } from "../../dashboard/format";
import { flatten } from "../tree";
import { t } from "../../words/words";

function descriptions(nodes: readonly LabelNode[], parent = ""): [string, string | null][] {
  return nodes.flatMap(({ name, description, children }) => [[parent + name, description ?? null], ...descriptions(children ?? [], `${parent}${name}/`)]);
}

/** The labels for those who do not change them. */
export function LabelList({ project, counts }: { project: Project; counts: ReadonlyMap<string, number> }) {
  const says = new Map(descriptions(project.labels));
  return (
    <section className="card panel-card" aria-label={t("Labels")}>
      <h2>{t("Labels")}</h2>
      <ul className="plain-list">
        {flatten(project.labels).map(({ path, name, color, depth, key }) => (
          <li key={path} className="label-read" style={{ paddingInlineStart: depth * 20 }}>
            <span className="dot" style={{ background: color }} />
            <span className="grow">
              {name} <span className="muted small">{says.get(path)}</span>
            </span>
            {key !== null && <kbd>{key.toUpperCase()}</kbd>}
            <span className="number muted">{count(counts.get(path) ?? 0)}</span>
          </li>
        ))}
      </ul>
      {project.retired.length > 0 && <p className="small muted">{t("Offered no more: {retired}", { retired: project.retired.join(", ") })}</p>}
    </section>
  );
}
