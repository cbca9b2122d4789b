import type { Region } from "../../canvas/regions";
import { n, t } from "../../words/words";
import { keepFocus } from "../keepFocus";
import { useDesk, useLabeling } from "../useSession";
import { Eye } from "./Drawn";
import { hiding } from "./single";

/** An eye for each label that the image has: closes over all its regions. */
export function LabelEyes({ regions }: { regions: readonly Region[] }) {
  const { session, byPath } = useDesk();
  const { hidden } = useLabeling().marking;
  const labels = new Set(regions.map(({ label }) => label));
  if (labels.size < 2) return null;
  return (
    <div className="label-eyes" role="group" aria-label={t("Show or hide by label")}>
      {[...labels].map((label) => {
        const ids = regions.filter((region) => region.label === label).map(({ id }) => id);
        const closed = ids.every((id) => hidden.has(id));
        return (
          <button key={label} type="button" className="quiet small" aria-pressed={closed} title={t("Hide all of {label}", { label })} onMouseDown={keepFocus} onClick={() => session.host.update(hiding(session.host.read(), ids))}>
            <span className="label-color" style={{ background: byPath.get(label)?.color }} />
            <span className="ellipsis">{byPath.get(label)?.name ?? label}</span>
            <span className="visually-hidden">{n(ids.length, "{n} region", "{n} regions")}</span>
            <Eye closed={closed} />
          </button>
        );
      })}
    </div>
  );
}
