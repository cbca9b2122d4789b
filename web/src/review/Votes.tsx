import type { Answer, ItemDetail, Revision } from "../api/types";
import { answerText } from "../answers/answerText";
import { paletteColor } from "../labels/palette";
import { useReview } from "./context";
import { percent } from "../answers/suggestions";
import type { Layer } from "./viewedRegions";
import { t } from "../words/words";

/** The palette's first colours are labels'. */
const OTHERS = 6;

/** What each labeler says now, each in a colour of their own. */
export function votesOf({ votes }: Pick<ItemDetail, "votes">): readonly Layer[] {
  return votes.flatMap(({ user, answer }, index) => (answer === null ? [] : [{ key: user, answer, color: paletteColor(index + OTHERS) }]));
}

interface VoteProps {
  title: string;
  text: string;
  layer: Layer | null;
  remark: string | null;
  shown: boolean;
  onShow: (layer: Layer | null) => void;
  onUse: ((answer: Answer) => void) | null;
}

function Vote({ title, text, layer, remark, shown, onShow, onUse }: VoteProps) {
  return (
    <li className={shown ? "vote shown" : "vote"} onMouseEnter={() => onShow(layer)} onMouseLeave={() => onShow(null)} onFocus={() => onShow(layer)} onBlur={() => onShow(null)}>
      <span className="dot" style={{ background: layer?.color ?? "transparent" }} />
      <div className="grow" tabIndex={0} role="group" aria-label={`${title}: ${text}`}>
        <span className="muted small">{title}</span>
        <strong>{text}</strong>
        {remark !== null && <span className="muted small">{remark}</span>}
      </div>
      {onUse !== null && layer !== null && (
        <button type="button" onClick={() => onUse(layer.answer)} aria-label={t("Use this: {title}, {text}", { title, text })}>
          {t("Use this")}
        </button>
      )}
    </li>
  );
}

const rightness = ({ right }: Revision) => (right === null ? null : right ? t("as the known answer") : t("not as the known answer"));

interface VotesProps {
  item: ItemDetail;
  shown: Layer | null;
  onShow: (layer: Layer | null) => void;
}

/** The labelers' answers side by side, and what they come to. Whichever is pointed at is laid over the item. */
export function Votes({ item, shown, onShow }: VotesProps) {
  const { session, people } = useReview();
  const { votes, candidate, agreement, status } = item;
  if (votes.length < 2 && status !== "needs_review") return null;
  const layers = new Map(votesOf(item).map((layer) => [layer.key, layer]));
  const open = status === "needs_review" && session.may("correct");
  const use = open ? (answer: Answer) => session.settle(item.id, answer) : null;
  const merged: Layer | null = candidate === null ? null : { key: "candidate", answer: candidate, color: null };
  return (
    <section aria-label={t("Votes")}>
      <h3 className="row apart">
        {status === "needs_review" ? t("Votes to decide between") : t("Votes")}
        {agreement !== null && <span className="chip number">{t("{agreement} agreement", { agreement: percent(agreement) })}</span>}
      </h3>
      <ul className="plain-list votes">
        {votes.map((vote) => (
          <Vote
            key={vote.user}
            title={vote.name ?? people.names.get(vote.user) ?? vote.user}
            text={answerText(vote.answer, vote.skipped)}
            layer={layers.get(vote.user) ?? null}
            remark={rightness(vote)}
            shown={shown?.key === vote.user}
            onShow={onShow}
            onUse={use}
          />
        ))}
        {merged !== null && status === "needs_review" && (
          <Vote title={t("What they come to together")} text={answerText(merged.answer, null)} layer={merged} remark={null} shown={shown?.key === "candidate"} onShow={onShow} onUse={use} />
        )}
      </ul>
    </section>
  );
}
