import type { Project } from "../api/types";
import { Icon } from "../ui/Icon";
import { Markdown } from "../ui/Markdown";

export function Instructions({ project, onClose }: { project: Project; onClose: () => void }) {
  const { text, url } = project.instructions;
  return (
    <aside className="instructions" aria-label="Instructions">
      <header className="row apart">
        <h2>Instructions</h2>
        <button type="button" className="quiet square" onClick={onClose} aria-label="Close the instructions">
          <Icon name="close" />
        </button>
      </header>
      {text ? <Markdown text={text} /> : <p className="muted">The owner has not written any instructions.</p>}
      {url ? (
        <p>
          <a href={url} target="_blank" rel="noreferrer">
            Read more
          </a>
        </p>
      ) : null}
    </aside>
  );
}
