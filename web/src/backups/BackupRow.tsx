import type { ReactNode } from "react";
import type { Backup } from "../api/types";
import { Icon } from "../ui/Icon";
import { when } from "../ui/when";
import { t } from "../words/words";
import { stateOf } from "./backups";
import "../dashboard/dashboard.css";

/** A backup, how it is with it, and where to download it. */
export function BackupRow({ backup, title, children }: { backup: Backup; title: string; children?: ReactNode }) {
  const { text, bad } = stateOf(backup);
  return (
    <li className="export-row">
      <div className="grow">
        <strong>{title}</strong>
        <div className={bad ? "danger-text small" : "muted small"} role="status">
          {title === when(backup.created_at) ? text : `${when(backup.created_at)}, ${text}`}
        </div>
      </div>
      {backup.url !== null && (
        <a className="button" href={backup.url} aria-label={t("Download the backup of {when}", { when: when(backup.created_at) })}>
          <Icon name="download" />
          {t("Download")}
        </a>
      )}
      {children}
    </li>
  );
}
