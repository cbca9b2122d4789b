import type { Backup } from "../api/types";
import { number, t } from "../words/words";

const UNITS = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** A size as people say it: at most three digits before its unit. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${number(Math.round(value * (value < 10 && unit > 0 ? 10 : 1)) / (value < 10 && unit > 0 ? 10 : 1))} ${UNITS[unit] ?? ""}`;
}

const open = (status: string | undefined) => status === "queued" || status === "running";

/** Whether something is being done with it. */
export const busy = ({ status, restoration }: Backup) => open(status) || open(restoration?.status);

export interface State {
  readonly text: string;
  readonly bad: boolean;
}

const percent = (progress: number) => `${Math.floor(100 * progress)} %`;

/** How far a backup is, or what became of its last restoration, in words. */
export function stateOf({ status, progress, error, size, restoration }: Backup): State {
  if (status === "failed") return { text: error ?? t("It failed."), bad: true };
  if (open(status)) return { text: t("Being written: {percent}", { percent: percent(progress) }), bad: false };
  if (restoration === null) return { text: sizeText(size), bad: false };
  if (restoration.status === "failed") return { text: restoration.error ?? t("Restoring it failed."), bad: true };
  if (open(restoration.status)) return { text: t("Being restored: {percent}", { percent: percent(restoration.progress) }), bad: false };
  return { text: t("{size}, restored", { size: sizeText(size) }), bad: false };
}
