import type { ReactNode } from "react";
import type { Dashboard } from "../api/types";
import { count, perItem, rightOfGold } from "./format";
import { t } from "../words/words";

interface TableProps {
  labelers: Dashboard["labelers"];
  item: string;
}

function Table({ labelers, item }: TableProps) {
  const gold = labelers.some((labeler) => labeler.gold > 0);
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            <th>{t("Name")}</th>
            <th className="number">{t("Labeled")}</th>
            <th className="number">{t("Skipped")}</th>
            <th className="number" title={t("Answers that a reviewer sent back")}>
              {t("Rejected")}
            </th>
            <th className="number" title={t("Answers that a reviewer changed")}>
              {t("Corrected")}
            </th>
            {gold && (
              <th className="number" title={t("Right answers to {item}s whose answer is known", { item })}>
                {t("Gold right")}
              </th>
            )}
            <th className="number" title={t("Mean time on one {item}", { item })}>
              {t("Per {item}", { item })}
            </th>
          </tr>
        </thead>
        <tbody>
          {labelers.map((labeler) => (
            <tr key={labeler.user}>
              <td className="ellipsis" title={labeler.user}>
                {labeler.name ?? labeler.user}
              </td>
              <td className="number">{count(labeler.labeled)}</td>
              <td className="number">{count(labeler.skipped)}</td>
              <td className="number">{count(labeler.rejected)}</td>
              <td className="number">{count(labeler.corrected)}</td>
              {gold && <td className="number">{rightOfGold(labeler)}</td>}
              <td className="number">{perItem(labeler)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LabelersProps extends TableProps {
  /** Whether it shows all of them, or the caller alone. */
  everyone: boolean;
  children: ReactNode;
}

export function Labelers({ labelers, everyone, item, children }: LabelersProps) {
  return (
    <section className="card panel-card" aria-label={t("Labelers")}>
      <h2>{everyone ? t("Labelers") : t("You")}</h2>
      {labelers.length === 0 ? <p className="muted">{everyone ? t("Nobody has labeled anything yet.") : t("You have not labeled anything yet.")}</p> : <Table labelers={labelers} item={item} />}
      {children}
    </section>
  );
}
