import { isUnsure } from "../../canvas/suggestion";
import { KeyButton } from "../../keymap/Key";
import { useDesk, useLabeling } from "../useSession";
import { documentNow } from "./document";
import { t } from "../../words/words";

/** How many suggestions nobody vouches for, with the way through them; nothing where there are none. */
export function UnsureBar() {
  const { session } = useDesk();
  const state = useLabeling();
  const unsure = documentNow(state).marks.filter(isUnsure);
  const chosen = unsure.some(({ id }) => state.marking.selected.has(id));
  const doubted = unsure.some(({ suggested }) => suggested?.trusted === false);
  if (unsure.length === 0) return null;
  return (
    <div className="unsure-bar">
      <span className="chip unsure number">
        {doubted ? t("{count} unsure", { count: unsure.length }) : t("{count} suggested", { count: unsure.length })}
      </span>
      <span className="grow" />
      <KeyButton id="marks.keep" className="small" disabled={!chosen} onClick={() => session.run({ do: "keep" })}>
        {t("Keep")}
      </KeyButton>
      <KeyButton id="marks.unsure" className="small" onClick={() => session.run({ do: "unsure", by: 1 })}>
        {t("Next")}
      </KeyButton>
    </div>
  );
}
