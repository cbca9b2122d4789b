import type { ReactNode } from "react";
import type { Cost } from "../api/types";
import { COSTS, money, priceText, quantityText } from "./cost";
import { number, t } from "../words/words";

interface CostTableProps extends Pick<Cost, "currency" | "lines" | "total"> {
  /** What stands below the sum. */
  children?: ReactNode;
}

/** A bill: what was used, at which price, and the sum. */
export function CostTable({ currency, lines, total, children }: CostTableProps) {
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            <th>{t("Of Azure")}</th>
            <th className="number">{t("Used")}</th>
            <th className="number">{t("Price")}</th>
            <th className="number">{t("Cost")}</th>
          </tr>
        </thead>
        <tbody>
          {lines
            .filter(({ quantity }) => quantity > 0)
            .map((line) => (
              <tr key={line.what}>
                <td>{COSTS[line.what]}</td>
                <td className="number">{quantityText(line)}</td>
                <td className="number muted">{priceText(line, currency)}</td>
                <td className="number">{money(line.amount, currency)}</td>
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={3}>
              <strong>{t("In all")}</strong>
            </td>
            <td className="number">
              <strong>{money(total, currency)}</strong>
            </td>
          </tr>
          {children}
        </tfoot>
      </table>
    </div>
  );
}

/** What a labeled item cost; nothing where none was labeled. */
export function PerItem({ cost: { currency, labeled, per_labeled_item: each }, item }: { cost: Cost; item: string }) {
  if (each === null) return null;
  return (
    <tr>
      <td colSpan={3}>{t("Per {item} ({labeled} labeled in the month)", { labeled: number(labeled), item })}</td>
      <td className="number">{money(each, currency)}</td>
    </tr>
  );
}
