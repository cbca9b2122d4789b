import { answerText } from "../answers/answerText";
import { usePerson } from "../shell/person";
import { KeyTool } from "../keymap/Key";
import { Icon } from "../ui/Icon";
import { useStore } from "../ui/store";
import type { OutboxEntry } from "../outbox/outboxStorage";
import { useDesk, useLabeling } from "./useSession";
import { n, t } from "../words/words";

function NotSaved({ entry }: { entry: OutboxEntry }) {
  const { outbox } = usePerson();
  return (
    <div className="banner bad" role="alert">
      <Icon name="warning" />
      <details className="grow">
        <summary>
          {t("A page of {answers} was not saved.", { answers: n(entry.body.answers.length, "{n} answer", "{n} answers") })}{" "}{entry.refused}
        </summary>
        <ul className="small">
          {entry.body.answers.map((answer) => (
            <li key={answer.item}>
              <code>{answer.item}</code> {answerText(answer.answer, answer.skipped)}
            </li>
          ))}
        </ul>
      </details>
      <KeyTool id="page.dismiss" title={t("Dismiss")} className="quiet square" onClick={() => outbox.dismiss(entry.id)}>
        <Icon name="close" />
      </KeyTool>
    </div>
  );
}

/** What went wrong and stays wrong until somebody has read it. */
export function Banners() {
  const { outbox } = usePerson();
  const { project } = useDesk();
  const { refused } = useStore(outbox.state);
  const lapsed = useLabeling().pages[0]?.lapsed ?? false;
  const mine = refused.filter((entry) => entry.project === project.id);
  if (mine.length === 0 && !lapsed) return null;
  return (
    <div className="banners">
      {lapsed && (
        <div className="banner" role="alert">
          <Icon name="warning" />
          {t("Your hold on this page ended while you were away. Submit it anyway: what nobody else has answered is kept.")}
        </div>
      )}
      {mine.map((entry) => (
        <NotSaved key={entry.id} entry={entry} />
      ))}
    </div>
  );
}
