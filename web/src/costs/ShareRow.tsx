import { useState } from "react";
import { Link } from "wouter";
import { messageOf } from "../api/problem";
import { kindOf } from "../kinds/kinds";
import { useProjects } from "../projects/queries";
import { t } from "../words/words";
import { BudgetLine } from "./BudgetLine";
import { money, quantityText } from "./cost";
import { CostTable, PerItem } from "./CostTable";
import { useCost } from "./queries";
import type { Share, Used } from "./shares";

/** Project, four things that were used, money, and the button for more. */
const COLUMNS = 7;

/** How much of each was used, with nothing where that is nothing. */
export function UsedCells({ used: { operations, execution, gpu, cpu } }: { used: Used }) {
  const cells = [
    { quantity: operations, unit: "operations" },
    { quantity: execution, unit: "GB s" },
    { quantity: gpu, unit: "minutes" },
    { quantity: cpu, unit: "minutes" },
  ];
  return cells.map((cell, index) => (
    <td key={index} className="number used">
      {cell.quantity > 0 ? quantityText(cell) : "–"}
    </td>
  ));
}

/** What an item of a project cost: the server counts its items for it, so it is asked when somebody wants to know. */
function PerItemOf({ project, month }: { project: string; month: string }) {
  const { data, error } = useCost(project, month);
  const kind = useProjects().data?.find(({ id }) => id === project)?.kind;
  if (error !== null)
    return (
      <tr>
        <td colSpan={4} className="danger-text small">
          {messageOf(error)}
        </td>
      </tr>
    );
  return data === undefined || kind === undefined ? null : <PerItem cost={data} item={kindOf(kind).item} />;
}

interface ShareRowProps {
  share: Share;
  month: string;
  currency: string;
  budgets: boolean;
}

/** What a project used and cost, and its bill when asked for. */
export function ShareRow({ share, month, currency, budgets }: ShareRowProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr>
        <th scope="row">
          {share.open ? <Link href={`/projects/${share.id}`}>{share.name}</Link> : share.name}
          {budgets && share.budget !== null && <BudgetLine budget={share.budget} />}
        </th>
        <UsedCells used={share.used} />
        <td className="number">{money(share.total, currency)}</td>
        <td>
          <button type="button" className="quiet" aria-expanded={open} aria-label={t("Bill of {name}", { name: share.name })} onClick={() => setOpen(!open)}>
            {t("Bill")}
          </button>
        </td>
      </tr>
      {open && (
        <tr className="bill">
          <td colSpan={COLUMNS}>
            <CostTable currency={currency} lines={[...share.lines]} total={share.total}>
              {share.open && <PerItemOf project={share.id} month={month} />}
            </CostTable>
          </td>
        </tr>
      )}
    </>
  );
}
