import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { unwrap } from "../api/client";
import { messageOf } from "../api/problem";
import type { Cost, Project } from "../api/types";
import { api } from "../auth/session";
import { count } from "../dashboard/format";
import { kindOf } from "../kinds/kinds";
import { COSTS, money, monthsSince, monthText, priceText, quantityText } from "./cost";
import { t } from "../words/words";

const AGAIN_MS = 60_000;

/** What the project cost in a month, in UTC. */
export function useCost(project: string, month: string) {
  return useQuery({
    queryKey: ["cost", project, month],
    queryFn: () => unwrap(api.GET("/api/projects/{project}/cost", { params: { path: { project }, query: { month } } })),
    refetchInterval: AGAIN_MS,
  });
}

export const thisMonth = () => new Date().toISOString().slice(0, 7);

function Table({ cost, item }: { cost: Cost; item: string }) {
  const { currency, lines, total, labeled, per_labeled_item: each } = cost;
  return (
    <div className="table-scroll">
      <table className="costs">
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
          {each !== null && (
            <tr>
              <td colSpan={3}>
                {t("For each of {labeled} {item}s labeled in the month", { labeled: count(labeled), item })}
              </td>
              <td className="number">{money(each, currency)}</td>
            </tr>
          )}
        </tfoot>
      </table>
    </div>
  );
}

function BudgetLine({ budget }: { budget: NonNullable<Cost["budget"]> }) {
  const { monthly, spent, left, currency } = budget;
  return (
    <p className="small number">
      {t("This month’s models: {spent} of {monthly} spent, {left} left.", { spent: money(spent, currency), monthly: money(monthly, currency), left: money(left, currency) })}
    </p>
  );
}

/** What the project cost, month by month. */
export function CostCard({ project }: { project: Project }) {
  const [month, setMonth] = useState(thisMonth);
  const { data, error } = useCost(project.id, month);
  const { item } = kindOf(project.kind);
  return (
    <section className="card panel-card" aria-label={t("Cost")}>
      <div className="row apart">
        <h2>{t("Cost")}</h2>
        <select className="month" aria-label={t("Month")} value={month} onChange={(event) => setMonth(event.target.value)}>
          {monthsSince(project.created_at, new Date()).map((each) => (
            <option key={each} value={each}>
              {monthText(each)}
            </option>
          ))}
        </select>
      </div>
      {data !== undefined && <Table cost={data} item={item} />}
      {data?.budget != null && <BudgetLine budget={data.budget} />}
      {error !== null && <p className="danger-text small">{messageOf(error)}</p>}
      <p className="small muted">{t("At the prices that the operator has set. What lies in storage and what is sent to browsers by the gigabyte is not in it; the last minutes may be missing.")}</p>
    </section>
  );
}
