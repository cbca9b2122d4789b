import { useState } from "react";
import type { Project } from "../api/types";
import { BudgetLine } from "../costs/BudgetLine";
import { thisMonth } from "../costs/cost";
import { CostTable, PerItem } from "../costs/CostTable";
import { MonthChoice } from "../costs/MonthChoice";
import { useCost } from "../costs/queries";
import { kindOf } from "../kinds/kinds";
import { Failure } from "../ui/Failure";
import { t } from "../words/words";

/** What the project cost, month by month. */
export function CostCard({ project }: { project: Project }) {
  const [month, setMonth] = useState(thisMonth);
  const { data, error } = useCost(project.id, month);
  return (
    <section className="card panel-card" aria-label={t("Cost")}>
      <div className="row apart">
        <h2>{t("Cost")}</h2>
        <MonthChoice since={project.created_at} month={month} onMonth={setMonth} />
      </div>
      {data !== undefined && (
        <CostTable currency={data.currency} lines={data.lines} total={data.total}>
          <PerItem cost={data} item={kindOf(project.kind).item} />
        </CostTable>
      )}
      {data?.budget != null && <BudgetLine budget={data.budget} />}
      <Failure of={error} />
      <p className="small muted">{t("At the prices that the operator has set. What lies in storage and what is sent to browsers by the gigabyte is not in it; the last minutes may be missing.")}</p>
    </section>
  );
}
