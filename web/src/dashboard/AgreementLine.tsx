import { Link } from "wouter";
import type { Dashboard } from "../api/types";
import { when } from "../ui/when";
import { t } from "../words/words";

/** The last measure of agreement, in a line. */
export function AgreementLine({ project, agreement: { mean, alpha, at } }: { project: string; agreement: NonNullable<Dashboard["agreement"]> }) {
  return (
    <p className="small muted">
      <Link href={`/projects/${project}/agreement`}>{t("Agreement")}</Link>{" "}{t("{mean}, alpha {alpha}, {at}", { mean: mean === null ? "–" : mean.toFixed(2), alpha: alpha === null ? "–" : alpha.toFixed(2), at: when(at) })}
    </p>
  );
}
