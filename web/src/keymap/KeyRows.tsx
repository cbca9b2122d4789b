import { Fragment } from "react";
import type { KeyRow } from "./rows";

/** Keys, each beside what it does. */
export function KeyRows({ rows }: { rows: readonly KeyRow[] }) {
  return (
    <dl className="key-rows">
      {rows.map(({ keys, what }) => (
        <div key={what}>
          <dt>
            {keys.map((key, index) => (
              <Fragment key={key}>
                {index > 0 && " "}
                <kbd>{key}</kbd>
              </Fragment>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}
