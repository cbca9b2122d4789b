import type { Agreement, Dashboard } from "../api/types";
import { count, perItem, rightOfGold } from "../dashboard/format";
import { t } from "../words/words";

type Figures = Dashboard["labelers"][number];

/** Labeler by labeler: how near to what stands, how often right where the answer is known, what reviewers did. */
export function LabelerTable({ labelers, figures, item }: { labelers: Agreement["labelers"]; figures: readonly Figures[]; item: string }) {
  const byUser = new Map(figures.map((found) => [found.user, found]));
  return (
    <section className="card panel-card" aria-label={t("By labeler")}>
      <h2>{t("By labeler")}</h2>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th>{t("Name")}</th>
              <th className="number">{t("Votes")}</th>
              <th className="number" title={t("How alike their votes and the answers that stand are, from 0 to 1")}>
                {t("With consensus")}
              </th>
              <th className="number" title={t("Right answers to {item}s whose answer is known", { item })}>
                {t("Gold right")}
              </th>
              <th className="number">{t("Rejected")}</th>
              <th className="number">{t("Corrected")}</th>
              <th className="number">{t("Per {item}", { item })}</th>
            </tr>
          </thead>
          <tbody>
            {labelers.map(({ user, name, votes, agreement, ...gold }) => (
              <tr key={user}>
                <td title={user}>{name ?? user}</td>
                <td className="number">{count(votes)}</td>
                <td className="number">{agreement === null ? "–" : agreement.toFixed(2)}</td>
                <td className="number">{rightOfGold(gold)}</td>
                <td className="number">{count(byUser.get(user)?.rejected ?? 0)}</td>
                <td className="number">{count(byUser.get(user)?.corrected ?? 0)}</td>
                <td className="number">{perItem(byUser.get(user))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
