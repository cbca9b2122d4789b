import KeyDialog from "../keymap/KeyDialog";
import { modeOf } from "./keys";
import { useDesk } from "./useSession";
import { t } from "../words/words";

function labelsText(marks: boolean, many: boolean, item: string): string {
  if (marks) return t("The label of what comes next, and of what is selected");
  return many ? t("Give the label to the selection, or take it back") : t("Label the selection, or the current {item}", { item });
}

export default function KeyHelp() {
  const { session, kind, keys } = useDesk();
  const labels = { keys, what: labelsText(kind.marks !== null, kind.choice === "many", kind.item) };
  return <KeyDialog modes={[modeOf(kind)]} item={kind.item} labels={labels} onClose={() => session.run({ do: "close" })} />;
}
