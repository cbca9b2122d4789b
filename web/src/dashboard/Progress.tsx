import type { Dashboard } from "../api/types";
import { count, percent } from "./format";
import { t } from "../words/words";

const RADIUS = 52;
const AROUND = 2 * Math.PI * RADIUS;

function Ring({ items: { labeled, skipped, needs_review: review, total } }: { items: Dashboard["items"] }) {
  const share = (value: number) => (total === 0 ? 0 : (AROUND * value) / total);
  return (
    <svg className="ring" viewBox="0 0 128 128" role="img" aria-label={t("{labeled} labeled", { labeled: percent(labeled, total) })}>
      <circle cx="64" cy="64" r={RADIUS} className="ring-rest" />
      <circle cx="64" cy="64" r={RADIUS} className="ring-review" strokeDasharray={`${share(labeled + skipped + review)} ${AROUND}`} />
      <circle cx="64" cy="64" r={RADIUS} className="ring-skipped" strokeDasharray={`${share(labeled + skipped)} ${AROUND}`} />
      <circle cx="64" cy="64" r={RADIUS} className="ring-labeled" strokeDasharray={`${share(labeled)} ${AROUND}`} />
      <text x="64" y="64" className="ring-text">
        {percent(labeled, total)}
      </text>
      <text x="64" y="82" className="ring-note">
        {t("labeled")}
      </text>
    </svg>
  );
}

/** A figure; a `part` is of the one above it. */
function Row({ name, value, tone, part }: { name: string; value: number; tone?: string; part?: true }) {
  return (
    <div className={part && "part"}>
      <dt>
        {!part && <span className={`dot ${tone ?? "none"}`} />}
        {name}
      </dt>
      <dd className="number">{count(value)}</dd>
    </div>
  );
}

interface ProgressProps {
  items: Dashboard["items"];
  queue: Dashboard["queue"];
  item: string;
}

export function Progress({ items, queue: { manual, clustered, prelabeled }, item }: ProgressProps) {
  return (
    <section className="card panel-card" aria-label={t("Progress")}>
      <h2>{t("Progress")}</h2>
      <div className="progress-body">
        <Ring items={items} />
        <dl className="counts">
          <Row name={t("Labeled")} value={items.labeled} tone="labeled" />
          <Row name={t("Skipped")} value={items.skipped} tone="skipped" />
          <Row name={t("Pending")} value={items.pending} tone="pending" />
          <Row part name={t("held¦in the queue")} value={items.leased} />
          <Row part name={t("manual¦in the queue")} value={manual} />
          {prelabeled > 0 && <Row part name={t("prelabeled¦in the queue")} value={prelabeled} />}
          {clustered > 0 && <Row part name={t("alike¦in the queue")} value={clustered} />}
          <Row name={t("Needs review")} value={items.needs_review} tone="review" />
          {items.unreadable > 0 && <Row name={t("Unreadable")} value={items.unreadable} />}
          {items.approved > 0 && <Row name={t("Approved")} value={items.approved} />}
          {items.missing > 0 && <Row name={t("Missing from storage")} value={items.missing} />}
          <Row name={t("All {item}s", { item })} value={items.total} />
        </dl>
      </div>
    </section>
  );
}
