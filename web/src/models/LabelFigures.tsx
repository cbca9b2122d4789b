import type { RunDetail } from "../api/types";
import { count } from "../dashboard/format";
import type { Label } from "../labels/tree";
import { share } from "./words";
import { t } from "../words/words";

type Figures = NonNullable<RunDetail["report"]>["labels"];
type Column = readonly [title: string, hint: string, text: (figures: Figures[number]) => string];

const shared = (value: number | null | undefined) => (value == null ? "–" : share(value));

const COLUMNS: readonly Column[] = [
  [t("Given"), t("How often people gave it"), ({ given }) => count(given)],
  [t("Found"), t("How often the model said it"), ({ found }) => count(found)],
  [t("Precision"), t("Of what the model said, how much was given"), ({ precision }) => share(precision)],
  [t("Recall"), t("Of what was given, how much the model said"), ({ recall }) => share(recall)],
  ["F1", t("Precision and recall in one figure"), ({ f1 }) => share(f1)],
];
const AP50: Column = ["AP50", t("Average precision, where half of the area overlaps"), ({ ap50 }) => shared(ap50)];
const IOU: Column = [t("IoU"), t("The area in common, of the area that either has"), ({ iou }) => shared(iou)];
const OWN: Column = [t("Trusted from"), t("The label’s own threshold, where enough of it is known"), ({ threshold }) => shared(threshold)];

/** Label by label, how well the model finds it in items that it has not learned from. */
export function LabelFigures({ labels, colors }: { labels: Figures; colors: readonly Label[] }) {
  const colorOf = new Map(colors.map(({ path, color }) => [path, color]));
  const columns = [
    ...COLUMNS,
    ...(labels.some(({ ap50 }) => ap50 != null) ? [AP50] : []),
    ...(labels.some(({ iou }) => iou != null) ? [IOU] : []),
    ...(labels.some(({ threshold }) => threshold != null) ? [OWN] : []),
  ];
  return (
    <section className="card panel-card" aria-label={t("By label")}>
      <h2>{t("By label")}</h2>
      <div className="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("Label")}</th>
              {columns.map(([title, hint]) => (
                <th key={title} scope="col" className="number" title={hint}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((figures) => (
              <tr key={figures.label}>
                <td>
                  <span className="row">
                    <span className="dot" style={{ background: colorOf.get(figures.label) }} />
                    {figures.label}
                  </span>
                </td>
                {columns.map(([title, , text]) => (
                  <td key={title} className="number">
                    {text(figures)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
