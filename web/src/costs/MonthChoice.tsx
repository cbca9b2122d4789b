import { t } from "../words/words";
import { monthsSince, monthText } from "./cost";
import "./costs.css";

interface MonthChoiceProps {
  /** From when on there is something to see; null: a year back. */
  since: string | null;
  month: string;
  onMonth: (month: string) => void;
}

export function MonthChoice({ since, month, onMonth }: MonthChoiceProps) {
  return (
    <select className="month" aria-label={t("Month")} value={month} onChange={(event) => onMonth(event.target.value)}>
      {monthsSince(since, new Date()).map((each) => (
        <option key={each} value={each}>
          {monthText(each)}
        </option>
      ))}
    </select>
  );
}
