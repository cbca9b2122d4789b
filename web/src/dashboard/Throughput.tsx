import { count, lastDays, type DayBar } from "./format";
import { locale } from "../words/language";
import { t } from "../words/words";

const DAYS = 14;
const HEIGHT = 96;
const STEP = 20;

function name(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
}

function Bar({ bar, index, most }: { bar: DayBar; index: number; most: number }) {
  const height = bar.labeled === 0 ? 1 : Math.max(3, (HEIGHT * bar.labeled) / most);
  return (
    <g className="day-bar">
      <rect x={index * STEP} y={0} width={STEP} height={HEIGHT} className="day-hit" />
      <rect x={index * STEP + 3} y={HEIGHT - height} width={STEP - 6} height={height} rx={2} className={bar.labeled === 0 ? "day-none" : "day-some"} />
      <title>{`${name(bar.day)}: ${count(bar.labeled)}`}</title>
    </g>
  );
}

/** Labeled items by day, the last two weeks. */
export function Throughput({ throughput, now }: { throughput: readonly DayBar[]; now: number }) {
  const bars = lastDays(throughput, DAYS, now);
  const most = Math.max(1, ...bars.map((bar) => bar.labeled));
  const today = bars.at(-1)?.labeled ?? 0;
  return (
    <section className="card panel-card" aria-label={t("By day")}>
      <div className="row apart">
        <h2>{t("By day")}</h2>
        <span className="muted small number">{t("{today} today", { today: count(today) })}</span>
      </div>
      <svg className="days" viewBox={`0 0 ${DAYS * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={bars.map((bar) => `${name(bar.day)} ${bar.labeled}`).join(", ")}>
        {bars.map((bar, index) => (
          <Bar key={bar.day} bar={bar} index={index} most={most} />
        ))}
      </svg>
      <div className="row apart faint small">
        <span>{name(bars[0]?.day ?? "")}</span>
        <span>{t("Today")}</span>
      </div>
    </section>
  );
}
