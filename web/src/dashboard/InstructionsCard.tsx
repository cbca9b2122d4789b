import type { Project } from "../api/types";
import { Markdown } from "../ui/Markdown";
import { t } from "../words/words";

/** What labelers read first. */
export function InstructionsCard({ project: { instructions } }: { project: Project }) {
  const { text, url } = instructions;
  return (
    <section className="card panel-card" aria-label={t("Instructions")}>
      <h2>{t("Instructions")}</h2>
      {text ? <Markdown text={text} /> : <p className="muted">{t("None written.")}</p>}
      {url && (
        <p>
          <a href={url} target="_blank" rel="noreferrer">
            {url}
          </a>
        </p>
      )}
    </section>
  );
}
