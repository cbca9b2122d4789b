import { useSlow } from "./hooks";
import { t } from "../words/words";

/** Quiet blocks where the page will be; nothing at all while the wait is too short to notice. */
export function PageSkeleton() {
  const slow = useSlow(true);
  if (!slow) return null;
  return (
    <main className="page stack" aria-busy="true" aria-label={t("Loading")}>
      <div className="skeleton skeleton-title" />
      <div className="skeleton skeleton-block" />
      <div className="skeleton skeleton-block" />
    </main>
  );
}
