import type { ReactNode } from "react";
import type { Dashboard } from "../api/types";
import { count, perItem, rightOfGold } from "./format";

interface TableProps {
  labelers: Dashboard["labelers"];
  item: string;
}

function Table({ labelers, item }: TableProps) {
  const gold = labelers.some((labeler) => labeler.gold > 0);
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th className="number">Labeled</th>
            <th className="number">Skipped</th>
            <th className="number" title="Answers that a reviewer sent back">
              Rejected
            </th>
            <th className="number" title="Answers that a reviewer changed">
              Corrected
            </th>
            {gold && (
              <th className="number" title={`Right answers to ${item}s whose answer is known`}>
                Gold right
              </th>
            )}
            <th className="number" title={`Mean time on one ${item}`}>
              Per {item}
            </th>
          </tr>
        </thead>
        <tbody>
          {labelers.map((labeler) => (
            <tr key={labeler.user}>
              <td className="ellipsis" title={labeler.user}>
                {labeler.name ?? labeler.user}
              </td>
              <td className="number">{count(labeler.labeled)}</td>
              <td className="number">{count(labeler.skipped)}</td>
              <td className="number">{count(labeler.rejected)}</td>
              <td className="number">{count(labeler.corrected)}</td>
              {gold && <td className="number">{rightOfGold(labeler)}</td>}
              <td className="number">{perItem(labeler)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface LabelersProps extends TableProps {
  /** Whether it shows all of them, or the caller alone. */
  everyone: boolean;
  children: ReactNode;
}

export function Labelers({ labelers, everyone, item, children }: LabelersProps) {
  return (
    <section className="card panel-card" aria-label="Labelers">
      <h2>{everyone ? "Labelers" : "You"}</h2>
      {labelers.length === 0 ? <p className="muted">{everyone ? "Nobody has labeled anything yet." : "You have not labeled anything yet."}</p> : <Table labelers={labelers} item={item} />}
      {children}
    </section>
  );
}
