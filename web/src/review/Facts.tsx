import type { Item } from "../api/types";
import { percent } from "../answers/suggestions";
import { Icon } from "../ui/Icon";
import { SOURCES } from "./history";
import { STATUS_TITLES } from "../items/filter";
import { t } from "../words/words";

export const statusText = ({ status }: Item) => STATUS_TITLES[status];

interface FactsProps {
  item: Item;
  names: ReadonlyMap<string, string>;
  /** Everything, or only what a small tile has room for. */
  all: boolean;
}

/** What else there is to know of an item, each in a few letters. */
export function Facts({ item, names, all }: FactsProps) {
  const { annotation, status, gold, flags, reserved_for: taker, prelabel, confidence, trusted } = item;
  const agreement = annotation?.agreement ?? null;
  return (
    <>
      {(all || status !== "labeled") && <span className={`chip ${status === "needs_review" ? "busy" : item.defect === null ? "" : "bad"}`}>{statusText(item)}</span>}
      {annotation?.approved === true && (
        <span className="chip good">
          <Icon name="check" />
          {t("approved")}
        </span>
      )}
      {all && annotation !== null && <span className="chip">{SOURCES[annotation.source]}</span>}
      {agreement !== null && <span className="chip number">{all ? t("{agreement} agreement", { agreement: percent(agreement) }) : percent(agreement)}</span>}
      {gold && (
        <span className="chip busy">
          <Icon name="star" />
          {t("gold")}
        </span>
      )}
      {!all && flags.length > 0 && (
        <span className="chip bad">
          <Icon name="flag" />
          {t("flagged")}
        </span>
      )}
      {all && flags.map(({ revision, user, name, note }) => (
        <span key={revision} className="chip bad ellipsis" title={note}>
          <Icon name="flag" />
          {t("flagged")}: {note} ({name ?? names.get(user) ?? user})
        </span>
      ))}
      {taker !== null && (
        <span className="chip ellipsis" title={t("Only for {name}", { name: names.get(taker) ?? taker })}>
          <Icon name="person" />
          {names.get(taker) ?? taker}
        </span>
      )}
      {prelabel !== null && (all || annotation === null) && <span className="chip number">{trusted === true ? t("trusted") : trusted === false ? t("unsure") : t("prelabel")}{confidence === null ? "" : ` ${percent(confidence)}`}</span>}
    </>
  );
}
