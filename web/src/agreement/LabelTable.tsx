import type { Agreement } from "../api/types";
import { count, percent } from "../dashboard/format";
import type { Label } from "../labels/tree";
import { t } from "../words/words";

/** Label by label: how often it was given, and how often what stands has it too. */
export function LabelTable({ labels, colors }: { labels: Agreement["labels"]; colors: readonly Label[] }) {
  const colorOf = new Map(colors.map(({ path, color }) => [path, color]));
  return (
    <section className="card panel-card" aria-label={t("By label")}>
      <h2>{t("By label")}</h2>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th>{t("Label")}</th>
              <th className="number">{t("Given")}</th>
              <th className="number" title={t("How often the answer that stands has it there too")}>
                {t("Stands")}
              </th>
              <th className="share-head">{t("Share")}</th>
            </tr>
          </thead>
          <tbody>
            {labels.map(({ label, votes, agreed }) => (
              <tr key={label}>
                <td>
                  <span className="row">
                    <span className="dot" style={{ background: colorOf.get(label) }} />
                    {label}
                  </span>
                </td>
                <td className="number">{count(votes)}</td>
                <td className="number">{count(agreed)}</td>
                <td>
                  <span className="row">
                    <span className="meter grow">
                      <span style={{ width: `${(100 * agreed) / Math.max(1, votes)}%` }} />
                    </span>
                    <span className="number share">{percent(agreed, votes)}</span>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
