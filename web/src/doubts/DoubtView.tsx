import { useState, type ReactNode } from "react";
import { answerText } from "../answers/answerText";
import type { Answer, Doubt, Item } from "../api/types";
import { KeyButton } from "../keymap/Key";
import type { CommandId } from "../keymap/table";
import { useReview } from "../review/context";
import { Facts } from "../review/Facts";
import { percent } from "../answers/suggestions";
import { Picture } from "../review/Picture";
import type { Layer } from "../review/viewedRegions";
import { Icon, type IconName } from "../ui/Icon";
import { when } from "../ui/when";
import type { DoubtCommand } from "./keys";
import { t } from "../words/words";

type Side = "given" | "suggested";

/** Two answers of these can be told apart over one picture: outlines. */
const overlaid = (answer: Answer) => "boxes" in answer || "polygons" in answer;
const unmarked = (answer: Answer) => "labels" in answer;

const layer = (key: Side, answer: Answer): Layer => ({ key, answer, color: null, dashed: key === "suggested" });

interface SidesProps {
  item: Item;
  given: Answer | null;
  suggested: Answer;
  pointed: Side | null;
}

/** The item, with both answers over it, or twice with one each. */
function Sides({ item, given, suggested, pointed }: SidesProps) {
  if (unmarked(suggested)) return <Picture item={item} layers={[]} />;
  const layers = [...(given === null ? [] : [layer("given", given)]), layer("suggested", suggested)];
  if (overlaid(suggested)) return <Picture item={item} layers={pointed === null ? layers : layers.filter(({ key }) => key === pointed)} />;
  return (
    <div className="doubt-sides">
      {layers.map((one) => (
        <figure key={one.key}>
          <figcaption className="small muted">{one.key === "given" ? t("Given") : t("Suggested")}</figcaption>
          <Picture item={item} layers={[{ ...one, dashed: false }]} />
        </figure>
      ))}
    </div>
  );
}

interface SideProps {
  side: Side;
  title: string;
  text: string;
  remark: ReactNode;
  point: (side: Side | null) => void;
  children: ReactNode;
}

function SideCard({ side, title, text, remark, point, children }: SideProps) {
  return (
    <div className={`doubt-side ${side}`} role="group" aria-label={`${title}: ${text}`} onMouseEnter={() => point(side)} onMouseLeave={() => point(null)} onFocus={() => point(side)} onBlur={() => point(null)}>
      <span className="muted small">{title}</span>
      <strong className="item-answer">{text}</strong>
      <span className="muted small">{remark}</span>
      {children}
    </div>
  );
}

interface DeedProps {
  id: CommandId;
  icon: IconName;
  title: string;
  primary?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

export function DoubtButton({ id, icon, title, primary = false, disabled = false, onClick }: DeedProps) {
  return (
    <KeyButton id={id} className={primary ? "primary" : ""} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
      {title}
    </KeyButton>
  );
}

interface DoubtViewProps {
  doubt: Doubt;
  item: Item;
  run: (command: DoubtCommand) => void;
  children: ReactNode;
}

/** An answer and what the model would say instead, side by side. */
export function DoubtView({ doubt, item, run, children }: DoubtViewProps) {
  const { people, session } = useReview();
  const [pointed, setPointed] = useState<Side | null>(null);
  const said = item.annotation;
  const given = said?.answer ?? null;
  return (
    <div className="item-view doubt-view">
      <div className="item-stage" tabIndex={-1} role="group" aria-label={t("The item")}>
        <Sides item={item} given={given} suggested={doubt.suggested} pointed={pointed} />
      </div>
      <aside className="item-panel" aria-label={t("Decision")}>
        {children}
        <p className="row wrap">
          <span className="chip busy number">{t("doubt {doubt}", { doubt: percent(doubt.doubt) })}</span>
          <Facts item={item} names={people.names} all={false} />
        </p>
        <SideCard side="given" title={t("Given")} text={answerText(given, said?.skipped) || t("Nothing any more")} remark={said !== null && `${said.name ?? people.names.get(said.user) ?? said.user}, ${when(said.at)}`} point={setPointed}>
          <DoubtButton id="doubts.keep" icon="check" title={session.may("approve") ? t("Keep it") : t("Leave it")} onClick={() => run({ do: "keep" })} />
        </SideCard>
        <SideCard side="suggested" title={t("The model says")} text={answerText(doubt.suggested, null)} remark={t("without having learned from the given answer")} point={setPointed}>
          {session.may("correct") && <DoubtButton id="doubts.take" icon="refresh" title={t("Take it")} onClick={() => run({ do: "take" })} />}
        </SideCard>
        <div className="item-deeds">
          {session.may("correct") && <DoubtButton id="doubts.edit" icon="pen" title={t("Edit")} disabled={item.defect !== null} onClick={() => run({ do: "edit" })} />}
          <DoubtButton id="doubts.undo" icon="undo" title={t("Take back")} onClick={() => run({ do: "undo" })} />
        </div>
        <p className="muted small path">{item.path}</p>
      </aside>
    </div>
  );
}
