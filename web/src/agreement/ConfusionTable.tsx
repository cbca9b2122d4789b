import type { CSSProperties } from "react";
import { count } from "../dashboard/format";
import { matrixOf, type Confusion, type Matrix } from "./matrix";
import { n, t } from "../words/words";

const MOST = 14;
const MOST_SHADE = 45;

const named = (label: string | null) => label ?? t("nothing");

function Cell({ cell, same }: { cell: Matrix["rows"][number]["cells"][number]; same: boolean }) {
  const style = { "--heat": `${Math.round(MOST_SHADE * cell.share)}%` } as CSSProperties;
  return (
    <td className={`number heat ${same ? "same" : ""}`} style={style}>
      {cell.count === 0 ? <span className="faint">0</span> : count(cell.count)}
    </td>
  );
}

interface ConfusionProps {
  confusions: readonly Confusion[];
  order: readonly string[];
  /** What rows and columns are, in a sentence's beginning. */
  says?: string;
  /** What stands over the rows' names. */
  corner?: string;
}

const OF_LABELERS = t("A row is the answer that stands, a column what labelers gave there");

/** Which labels are taken for which: a row is what stands, a column what was given. */
export function ConfusionTable({ confusions, order, says = OF_LABELERS, corner = t("Stands") }: ConfusionProps) {
  const { labels, rows, left } = matrixOf(confusions, order, MOST);
  return (
    <section className="card panel-card" aria-label={t("Confusion")}>
      <div>
        <h2>{t("What is taken for what")}</h2>
        <p className="small muted">
          {t("{says}; the stronger the colour, the larger the share of the row.", { says })}
          {labels.includes(null) && ` ${t("“nothing” is where one has a label and the other none.")}`}
          {left > 0 && ` ${n(left, "{n} label confused less is left out.", "{n} labels confused less are left out.")}`}
        </p>
      </div>
      <div className="table-scroll">
        <table className="confusion">
          <thead>
            <tr>
              <th scope="col">{corner}</th>
              {labels.map((label) => (
                <th key={named(label)} scope="col" className="number" title={named(label)}>
                  {named(label)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, cells }, row) => (
              <tr key={named(label)}>
                <th scope="row" title={named(label)}>
                  {named(label)}
                </th>
                {cells.map((cell, column) => (
                  <Cell key={column} cell={cell} same={row === column} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
