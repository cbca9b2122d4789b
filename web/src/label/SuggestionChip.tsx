import { percent, suggestionText } from "../answers/suggestions";
import type { Suggestion } from "../canvas/suggestion";
import { Icon } from "../ui/Icon";
import { t } from "../words/words";

/** How far a suggestion can be relied on: a check where it is trusted, a dashed line and a word where it is not. */
export function SuggestionChip({ suggestion }: { suggestion: Suggestion }) {
  const { trusted, confidence } = suggestion;
  if (trusted !== true) return <span className={trusted === false ? "chip number unsure" : "chip number"}>{suggestionText(suggestion)}</span>;
  return (
    <span className="chip number good trusted">
      <Icon name="check" />
      <span className="visually-hidden">{t("trusted")}</span>
      {confidence === null ? "" : percent(confidence)}
    </span>
  );
}
