import { useState } from "react";
import type { Dashboard, Project } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { percent } from "./format";
import { amountText, labelRows } from "./labelRows";
import { t } from "../words/words";

const FIRST = 12;

/** How many items bear each label, and how often they do, in the order of the project's labels. */
export function LabelBars({ project, labels }: { project: Project; labels: Dashboard["labels"] }) {
  const [all, setAll] = useState(false);
  const { item } = kindOf(project.kind);
  const rows = labelRows(project, labels);
  const most = Math.max(1, ...rows.map(({ size }) => size));
  const sum = rows.reduce((total, { size }) => total + size, 0);
  return (
    <section className="card panel-card" aria-label={t("Labels")}>
      <h2>{t("Labels")}</h2>
      <ul className="label-bars">
        {(all ? rows : rows.slice(0, FIRST)).map((row) => (
          <li key={row.path}>
            <span className="row" title={row.path} style={{ paddingInlineStart: row.depth * 12 }}>
              <span className="dot" style={{ background: row.color }} />
              <span className="ellipsis">{row.name}</span>
            </span>
            <span className="bar">
              <span style={{ width: `${(100 * row.size) / most}%`, background: row.color }} />
            </span>
            <span className="number">{amountText(row, item)}</span>
            <span className="number faint small">{percent(row.size, sum)}</span>
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
