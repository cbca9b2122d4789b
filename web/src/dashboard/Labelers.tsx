import type { Dashboard } from "../api/types";
import { count } from "./format";

function perItem({ labeled, skipped, seconds }: Dashboard["labelers"][number]): string {
  const answered = labeled + skipped;
  return answered === 0 ? "–" : `${(seconds / answered).toFixed(1)} s`;
}

export function Labelers({ labelers, everyone, item }: { labelers: Dashboard["labelers"]; everyone: boolean; item: string }) {
  return (
    <section className="card panel-card" aria-label="Labelers">
      <h2>{everyone ? "Labelers" : "You"}</h2>
      {labelers.length === 0 ? (
        <p className="muted">{everyone ? "Nobody has labeled anything yet." : "You have not labeled anything yet."}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th className="number">Labeled</th>
              <th className="number">Skipped</th>
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
                <td className="number">{perItem(labeler)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
