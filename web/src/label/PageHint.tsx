import { useState } from "react";
import { KeyButton } from "../keymap/Key";
import { Icon } from "../ui/Icon";
import { hintOf } from "./hint";
import { useDesk, useLabeling } from "./useSession";
import { t } from "../words/words";
import "./hint.css";

const keyOf = (name: string) => `tagwerk.hint.${name}`;

/** A line about the sort of page on screen, until somebody has read it. */
export default function PageHint() {
  const { kind } = useDesk();
  const task = useLabeling().pages[0]?.task;
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const hint = task === undefined ? null : hintOf(task, kind);
  if (hint === null) return null;
  const [name, text] = hint;
  if (read.has(name) || localStorage.getItem(keyOf(name)) !== null) return null;
  const dismiss = () => {
    localStorage.setItem(keyOf(name), "read");
    setRead(new Set([...read, name]));
  };
  return (
    <p className="page-hint small" role="note">
      <Icon name="keys" />
      <span className="grow">{text}</span>
      <KeyButton id="page.dismiss" className="small" onClick={dismiss}>
        {t("Got it")}
      </KeyButton>
    </p>
  );
}
