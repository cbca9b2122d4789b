import type { ReactNode } from "react";
import type { Export, Import } from "../api/types";
import { when } from "../ui/when";
import { count } from "./format";
import { t } from "../words/words";

type Transfer = Export | Import;

export const unfinished = ({ status }: Transfer) => status === "queued" || status === "running";

function Refusals({ found }: { found: Transfer }) {
  if (found.refused === 0) return null;
  const unnamed = found.refused - found.refusals.length;
  return (
    <details className="small refusals">
      <summary className="danger-text">{t("{refused} refused", { refused: count(found.refused) })}</summary>
      <ul>
        {found.refusals.map(({ where, why }, index) => (
          <li key={index}>
            <code>{where}</code> {why}
          </li>
        ))}
        {unnamed > 0 && <li className="muted">{t("and {unnamed} more", { unnamed: count(unnamed) })}</li>}
      </ul>
    </details>
  );
}

function State({ found, name, done }: { found: Transfer; name: string; done: ReactNode }) {
  if (found.status === "failed") return <span className="danger-text small transfer-error">{found.error ?? t("It failed.")}</span>;
  if (!unfinished(found)) return done;
  return (
    <span className="export-meter">
      <span className="meter" role="progressbar" aria-label={t(name)} aria-valuenow={Math.round(100 * found.progress)}>
        <span style={{ width: `${100 * found.progress}%` }} />
      </span>
    </span>
  );
}

interface TransferRowProps {
  found: Transfer;
  /** What it is: "Export" or "Import". */
  name: string;
  title: ReactNode;
  more?: ReactNode;
  /** What there is to do once it is done. */
  done?: ReactNode;
}

/** An export or import, how far it is, and what it could not take over. */
export function TransferRow({ found, name, title, more, done = null }: TransferRowProps) {
  return (
    <li className="export-row">
      <div className="grow">
        <div className="number">
          <strong>{title}</strong>{name === "Import" ? t(", {written} of {read} taken over", { written: count(found.written), read: count(found.read) }) : t(", {written} of {read} written", { written: count(found.written), read: count(found.read) })}
        </div>
        <div className="muted small">
          {when(found.created_at)}
          {more}
        </div>
        <Refusals found={found} />
      </div>
      <State found={found} name={name} done={done} />
    </li>
  );
}
