import { Link } from "wouter";
import { Key } from "../keymap/Key";
import { useHeld, type Held } from "./held";
import { useDesk, useLabeling } from "./useSession";
import { n, t } from "../words/words";

function heldText({ others, mine }: Held, item: string): string {
  if (others + mine === 0) return t("Every {item} has its answer.", { item });
  const byOthers = n(others, "{n} {item} is held by other labelers and may come back.", "{n} {item}s are held by other labelers and may come back.", { item });
  const byMe = n(mine, "You hold {n} {item} in another window.", "You hold {n} {item}s in another window.", { item });
  return [mine > 0 ? byMe : "", others > 0 ? byOthers : ""].join(" ");
}

function NothingLeft() {
  const { session, project, kind } = useDesk();
  const { history, reopening } = useLabeling();
  const held = useHeld(project.id);
  return (
    <>
      <h2>{t("Nothing left for you right now")}</h2>
      <p className="muted">{held === null ? "\u00a0" : heldText(held, kind.item)} {t("This page looks again by itself.")}</p>
      {history.length > 0 && (
        <button type="button" disabled={reopening} onClick={() => session.run({ do: "back" })}>
          {t("Undo page")}{" "}<Key of="answer.remove" />
        </button>
      )}
    </>
  );
}

function Refused() {
  const { session } = useDesk();
  const { problem } = useLabeling();
  return (
    <>
      <h2>{t("There is nothing to label here at the moment")}</h2>
      <p role="alert">{problem}</p>
      <button type="button" onClick={() => session.recheck()}>
        {t("Try again")}
      </button>
    </>
  );
}

function Away() {
  const { session, kind } = useDesk();
  return (
    <>
      <h2>{t("You were away for a while")}</h2>
      <p className="muted">{t("Your {item}s went back to the queue, so that others could label them. Nothing of yours was lost.", { item: kind.item })}</p>
      <button type="button" className="primary" onClick={() => session.recheck()}>
        {t("Go on")}{" "}<kbd>Enter</kbd>
      </button>
    </>
  );
}

/** The stage without a page on it. */
export default function Closed() {
  const { project } = useDesk();
  const { phase } = useLabeling();
  return (
    <div className="closed">
      {phase === "empty" && <NothingLeft />}
      {phase === "refused" && <Refused />}
      {phase === "away" && <Away />}
      <p className="row">
        <Link href={`/projects/${project.id}`}>{project.name}</Link>
        <span className="faint">·</span>
        <Link href="/">{t("All projects")}</Link>
      </p>
    </div>
  );
}
