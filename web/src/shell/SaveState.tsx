import { usePerson } from "./person";
import { useSlow } from "../ui/hooks";
import { Icon } from "../ui/Icon";
import { useStore } from "../ui/store";
import { n, t } from "../words/words";

function saveText(waiting: number, offline: boolean, slow: boolean): string | null {
  if (waiting > 0 && offline) return t("{waiting} waiting for the network", { waiting: n(waiting, "{n} page", "{n} pages") });
  if (waiting > 0 && slow) return t("Saving {waiting}", { waiting: n(waiting, "{n} page", "{n} pages") });
  return null;
}

/** Whether submitted work has reached the server. Says nothing before there is anything to save. */
export function SaveState() {
  const { outbox } = usePerson();
  const { waiting, offline, saved } = useStore(outbox.state);
  const slow = useSlow(waiting.length > 0, 600);
  const pending = saveText(waiting.length, offline, slow);
  return (
    <span className={pending === null ? "save-state" : "save-state pending"} role="status">
      {pending !== null && <Icon name="cloud" />}
      {pending === null && saved > 0 && <Icon name="check" />}
      {pending ?? (saved > 0 ? t("Saved") : "")}
    </span>
  );
}
