import { useEffect, useRef, type KeyboardEvent } from "react";
import { t } from "../words/words";
import type { Target } from "./edit";
import { keyText } from "./text";
import type { Asked, Editing } from "./useEditing";

const same = (one: Target, other: Target | undefined) => JSON.stringify(one) === JSON.stringify(other);

function Question({ asked, editing }: { asked: Asked; editing: Editing }) {
  const here = useRef<HTMLDivElement>(null);
  const { pressed, problem } = asked;
  useEffect(() => here.current?.focus(), [pressed]);
  if (pressed === null)
    return (
      <div ref={here} className="key-question" role="status" tabIndex={-1}>
        {problem} {problem === "" && t("Press a key.")} {t("Esc cancels.")}
      </div>
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    editing.ask(null);
  };
  return (
    <div ref={here} className="key-question row wrap" role="alert" tabIndex={-1} onKeyDown={onKeyDown}>
      <span>{t("{key} is already “{what}”, which would have it no more.", { key: keyText(pressed.chord), what: pressed.holders.map(editing.nameOf).join("”, “") })}</span>
      <button type="button" className="small" onClick={editing.take}>
        {t("Take it")}
      </button>
      <button type="button" className="small" onClick={() => editing.ask(asked.target)}>
        {t("Another key")}
      </button>
    </div>
  );
}

interface RowProps {
  target: Target;
  keys: readonly string[];
  fixed: boolean;
  reset: (() => void) | null;
  editing: Editing;
}

/** A command or label with its key, and the way to another one. */
export function KeyEditRow({ target, keys, fixed, reset, editing }: RowProps) {
  const what = editing.nameOf(target);
  const asked = same(target, editing.asked?.target) ? editing.asked : null;
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (was.current && asked === null) button.current?.focus();
    was.current = asked !== null;
  }, [asked]);
  return (
    <li className="key-edit">
      <span className="key-edit-what">{what}</span>
      <span className="key-edit-keys">
        {keys.map((key) => (
          <kbd key={key}>{keyText(key)}</kbd>
        ))}
        {keys.length === 0 && <span className="muted small">{t("none")}</span>}
      </span>
      {!fixed && (
        <button ref={button} type="button" className="small" aria-label={t("Change the key of “{what}”", { what })} disabled={asked !== null} onClick={() => editing.ask(target)}>
          {t("Change")}
        </button>
      )}
      {reset !== null && (
        <button type="button" className="small quiet" aria-label={t("Reset the key of “{what}”", { what })} onClick={reset}>
          {t("Reset")}
        </button>
      )}
      {asked !== null && <Question asked={asked} editing={editing} />}
    </li>
  );
}
