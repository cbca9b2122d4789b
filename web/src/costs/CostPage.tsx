import { useState } from "react";
import type { Costs } from "../api/types";
import { NotFound } from "../shell/NotFound";
import { isAdministrator, usePerson } from "../shell/person";
import { Shell } from "../shell/Shell";
import { Failure } from "../ui/Failure";
import { useSlow } from "../ui/hooks";
import { number, t } from "../words/words";
import { money, monthText, thisMonth } from "./cost";
import { MonthChoice } from "./MonthChoice";
import { useCosts } from "./queries";
import { ShareRow, UsedCells } from "./ShareRow";
import { sharesOf, usedByAll } from "./shares";
import "../dashboard/dashboard.css";

function Table({ costs, budgets }: { costs: Costs; budgets: boolean }) {
  const { month, currency, total } = costs;
  const shares = sharesOf(costs);
  if (shares.length === 0) return <p>{t("Nothing was used in {month}.", { month: monthText(month) })}</p>;
  const used = usedByAll(shares);
  return (
    <>
      <div className="table-scroll">
        <table className="costs">
          <thead>
            <tr>
              <th>{t("Project")}</th>
              <th className="number used">{t("Storage operations")}</th>
              <th className="number used">{t("Function time")}</th>
              <th className="number used">{t("Machines with a GPU")}</th>
              <th className="number used">{t("Machines without")}</th>
              <th className="number">{t("Cost")}</th>
              <th>
                <span className="visually-hidden">{t("Bill")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shares.map((share) => (
              <ShareRow key={share.id} share={share} month={month} currency={currency} budgets={budgets} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("In all")}</th>
              <UsedCells used={used} />
              <td className="number">
                <strong>{money(total, currency)}</strong>
              </td>
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
      {used.estimated > 0 && <p className="small muted">{t("Of the storage operations, {reads} are estimated: browsers read by themselves, and each address that they were given counts as one read.", { reads: number(used.estimated) })}</p>}
    </>
  );
}

function Loading() {
  return useSlow(true) ? <div className="skeleton skeleton-block" aria-label={t("Loading")} aria-busy="true" /> : null;
}

function CostOfAll() {
  const [month, setMonth] = useState(thisMonth);
  const { data, error } = useCosts(month);
  return (
    <Shell title={t("Cost")}>
      <main className="page">
        <div className="page-head">
          <h1>{t("Cost")}</h1>
          <MonthChoice since={null} month={month} onMonth={setMonth} />
        </div>
        <section className="card panel-card" aria-label={t("Cost of all projects")}>
          <Failure of={error} />
          {data === undefined && error === null && <Loading />}
          {data !== undefined && <Table costs={data} budgets={month === thisMonth()} />}
          <p className="small muted">{t("Machines count with the minutes that they wait beside each job, as the operator has set them. Of projects that are gone, machines are not known any more.")}</p>
          <p className="small muted">{t("At the prices that the operator has set. What lies in storage and what is sent to browsers by the gigabyte is not in it; the last minutes may be missing.")}</p>
        </section>
      </main>
    </Shell>
  );
}

/** What the whole deployment costs, for administrators. */
export default function CostPage() {
  return isAdministrator(usePerson().me) ? <CostOfAll /> : <NotFound />;
}
