import type { Budget } from "../api/types";
import { money } from "./cost";
import { t } from "../words/words";

/** How far the present month's money for models goes. */
export function BudgetLine({ budget: { monthly, spent, left, currency, stops } }: { budget: Budget }) {
  const values = { spent: money(spent, currency), monthly: money(monthly, currency), left: money(left, currency) };
  return (
    <p className="small number">
      {t("This month’s models: {spent} of {monthly} spent, {left} left.", values)} {stops && <span className="danger-text">{t("That is too little for another run.")}</span>}
    </p>
  );
}
