import { useState } from "react";
import type { Dashboard } from "../api/types";
import { flatten, type Label } from "../labels/tree";
import type { Project } from "../api/types";
import { count, percent } from "./format";
import { t } from "../words/words";

const FIRST = 12;

/** Labels that are offered no more, as far as items bear them. */
function retiredOf(retired: readonly string[], counts: ReadonlyMap<string, number>): Label[] {
  return retired.filter((path) => (counts.get(path) ?? 0) > 0).map((path) => ({ path, name: t("{path} (retired)", { path }), parents: "", color: "var(--line-strong)", depth: 0 }));
}

/** How many items bear each label, in the order of the project's labels. */
export function LabelBars({ project, labels }: { project: Project; labels: Dashboard["labels"] }) {
  const [all, setAll] = useState(false);
  const counts = new Map(labels.map(({ label, count: found }) => [label, found]));
  const rows = [...flatten(project.labels), ...retiredOf(project.retired, counts)].map((label) => ({ label, found: counts.get(label.path) ?? 0 }));
  const most = Math.max(1, ...rows.map(({ found }) => found));
  const sum = rows.reduce((total, { found }) => total + found, 0);
  return (
    <section className="card panel-card" aria-label={t("Labels")}>
      <h2>{t("Labels")}</h2>
      <ul className="label-bars">
        {(all ? rows : rows.slice(0, FIRST)).map(({ label, found }) => (
          <li key={label.path}>
            <span className="row" title={label.path} style={{ paddingLeft: label.depth * 12 }}>
              <span className="dot" style={{ background: label.color }} />
              <span className="ellipsis">{label.name}</span>
            </span>
            <span className="bar">
              <span style={{ width: `${(100 * found) / most}%`, background: label.color }} />
            </span>
            <span className="number">{count(found)}</span>
            <span className="number faint small">{percent(found, sum)}</span>
          </li>
        ))}
      </ul>
      {rows.length > FIRST && (
        <button type="button" className="quiet" onClick={() => setAll(!all)}>
          {all ? t("Show fewer") : t("Show all {rows}", { rows: rows.length })}
        </button>
      )}
    </section>
  );
}
