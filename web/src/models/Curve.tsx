import { useMemo, useState, type KeyboardEvent, type PointerEvent } from "react";
import { bandOf, lineOf, nearest, PLOT, pointText, scaleOf, type CurvePoint, type Scale } from "./curve";
import { share } from "./words";
import { t } from "../words/words";

const WIDTH = 640;
const HEIGHT = 258;
const SHARES = [0, 0.25, 0.5, 0.75, 1];
const FAR = 10;

/** Keys move towards higher confidences to the right; the curve begins with the highest. */
const STEPS: Readonly<Record<string, number>> = { ArrowRight: -1, ArrowUp: -1, ArrowLeft: 1, ArrowDown: 1, PageUp: -FAR, PageDown: FAR, Home: Infinity, End: -Infinity };

function Axes({ scale, target }: { scale: Scale; target: number | null }) {
  return (
    <g className="curve-axes">
      {SHARES.map((value) => (
        <g key={value}>
          <line x1={PLOT.left} x2={PLOT.right} y1={scale.y(value)} y2={scale.y(value)} className="curve-grid" />
          <text x={PLOT.left - 7} y={scale.y(value) + 4} textAnchor="end">
            {100 * value} %
          </text>
        </g>
      ))}
      {scale.ticks.map((threshold) => (
        <text key={threshold} x={scale.x(threshold)} y={PLOT.bottom + 17} textAnchor="middle">
          {share(threshold)}
        </text>
      ))}
      <text x={(PLOT.left + PLOT.right) / 2} y={HEIGHT - 5} textAnchor="middle">
        {t("Confidence from which on suggestions are trusted")}
      </text>
      {target !== null && <line x1={PLOT.left} x2={PLOT.right} y1={scale.y(target)} y2={scale.y(target)} className="curve-target" />}
    </g>
  );
}

function Lines({ curve, scale }: { curve: readonly CurvePoint[]; scale: Scale }) {
  return (
    <>
      <path d={bandOf(curve, scale)} className="curve-band" />
      <path d={lineOf(curve, scale, "coverage")} className="curve-coverage" />
      <path d={lineOf(curve, scale, "bound")} className="curve-bound" />
      <path d={lineOf(curve, scale, "precision")} className="curve-precision" />
    </>
  );
}

function Marks({ point, scale, className }: { point: CurvePoint; scale: Scale; className: string }) {
  const x = scale.x(point.threshold);
  return (
    <g className={className}>
      <line x1={x} x2={x} y1={PLOT.top} y2={PLOT.bottom} />
      {([["precision", point.precision], ["bound", point.bound], ["coverage", point.coverage]] as const).map(([name, value]) => (
        <circle key={name} cx={x} cy={scale.y(value)} r={3.5} />
      ))}
    </g>
  );
}

function Legend({ target }: { target: number | null }) {
  return (
    <p className="row wrap small muted curve-legend" aria-hidden="true">
      <span className="key precision">{t("right")}</span>
      <span className="key bound">{t("at least, with 95 % certainty")}</span>
      <span className="key coverage">{t("share of all")}</span>
      {target !== null && <span className="key target">{t("target {target}", { target: share(target) })}</span>}
    </p>
  );
}

function Table({ curve, parts, chosen }: { curve: readonly CurvePoint[]; parts: string; chosen: number }) {
  return (
    <details className="small">
      <summary>{t("As a table")}</summary>
      <div className="table-scroll curve-table">
        <table>
          <thead>
            <tr>
              {[t("Confidence"), t("Right"), t("At least"), t("Share of all {parts}", { parts })].map((title) => (
                <th key={title} scope="col" className="number">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {curve.map(({ threshold, precision, bound, coverage }, index) => (
              <tr key={threshold} className={index === chosen ? "chosen" : undefined}>
                <th scope="row" className="number">
                  {index === chosen && t("chosen: ")}
                  {share(threshold)}
                </th>
                {[precision, bound, coverage].map((value, column) => (
                  <td key={column} className="number">
                    {share(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

interface CurveProps {
  curve: readonly CurvePoint[];
  target: number | null;
  /** The threshold in use; null where there is none. */
  threshold: number | null;
  /** What is trusted or not: suggestions, regions. */
  parts: string;
}

/** How right suggestions are, and how many there are, by the confidence from which they are trusted. */
export function Curve({ curve, target, threshold, parts }: CurveProps) {
  const scale = useMemo(() => scaleOf(curve), [curve]);
  const chosen = threshold === null ? -1 : curve.findIndex((point) => point.threshold === threshold);
  const [at, setAt] = useState<number | null>(null);
  const shown = at ?? (chosen === -1 ? curve.length - 1 : chosen);
  const point = curve[shown];
  const used = curve[chosen];
  if (point === undefined) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setAt(Math.min(curve.length - 1, Math.max(0, shown + by)));
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setAt(nearest(curve, scale, (WIDTH * (event.clientX - left)) / width));
  };
  const said = pointText(point, parts);
  const slider = { "aria-valuemin": 0, "aria-valuemax": curve.length - 1, "aria-valuenow": curve.length - 1 - shown, "aria-valuetext": said };
  return (
    <figure className="curve" aria-label={t("How right by confidence")}>
      <Legend target={target} />
      <div role="slider" tabIndex={0} aria-label={t("Confidence")} {...slider} onKeyDown={onKeyDown} onPointerMove={onPointerMove} onPointerLeave={() => setAt(null)}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
          <Axes scale={scale} target={target} />
          <Lines curve={curve} scale={scale} />
          {used !== undefined && <Marks point={used} scale={scale} className="curve-chosen" />}
          <Marks point={point} scale={scale} className="curve-at" />
        </svg>
      </div>
      <figcaption className="number">{said}{shown === chosen && t(" (chosen)")}.</figcaption>
      <Table curve={curve} parts={parts} chosen={chosen} />
    </figure>
  );
}
