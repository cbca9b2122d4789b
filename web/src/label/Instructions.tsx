import type { Project } from "../api/types";
import { Icon } from "../ui/Icon";
import { Markdown } from "../ui/Markdown";
import { t } from "../words/words";

export default function Instructions({ project, changed, onClose }: { project: Project; changed: boolean; onClose: () => void }) {
  const { text, url } = project.instructions;
  return (
    <aside className="instructions" aria-label={t("Instructions")}>
      <header className="row apart">
        <h2>{t("Instructions")}</h2>
        <button type="button" className="quiet square" onClick={onClose} aria-label={t("Close the instructions")}>
          <Icon name="close" />
        </button>
      </header>
      {changed && (
        <p role="status">
          <span className="chip good">{t("The instructions have changed")}</span>
        </p>
      )}
      {text ? <Markdown text={text} /> : <p className="muted">{t("The owner has not written any instructions.")}</p>}
      {url ? (
        <p>
          <a href={url} target="_blank" rel="noreferrer">
            {t("Read more")}
          </a>
        </p>
      ) : null}
    </aside>
  );
}
