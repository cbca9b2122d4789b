import { Dialog } from "../ui/Dialog";
import { KeyRows } from "../ui/KeyRows";
import { useDesk } from "./useSession";
import { t } from "../words/words";

const SHARED = [
  ["Enter", t("Submit, or accept what is suggested")],
  ["S", t("Skip, with a reason")],
  ["F", t("Find a label")],
  ["I", t("Instructions")],
  ["?", t("This list")],
] as const;

function rows(labelKeys: string, many: boolean, item: string): readonly (readonly [string, string])[] {
  return [
    [labelKeys, many ? t("Give the label to the selection, or take it back") : t("Label the selection, or the current {item}", { item })],
    ["← → ↑ ↓", t("Go to another {item}", { item })],
    [t("Space"), t("Select the {item}", { item })],
    [t("Shift click"), t("Select a range")],
    [t("A, Ctrl A"), t("Select all, or none; a label key labels them")],
    ["Esc", t("Select none")],
    ["Z", t("Undo on this page")],
    ["⌫", t("Clear the answer; on a fresh page, take the last page back")],
    ["V", t("View it large")],
    ...SHARED,
  ];
}

function markRows(labelKeys: string, own: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return [[labelKeys, t("The label of what comes next, and of what is selected")], ...own, ...SHARED];
}

export default function KeyHelp() {
  const { session, kind, keys, view } = useDesk();
  const given = [...keys.values()];
  const [first, last] = [given[0] ?? "", given.at(-1) ?? ""];
  const labelKeys = given.length > 10 ? "1 – 0, ⇧1 – ⇧0" : `${first} – ${last}`;
  return (
    <Dialog title={t("Keys")} className={view === null ? "" : "wide"} onClose={() => session.run({ do: "close" })}>
      <KeyRows
        className="key-list"
        rows={view === null ? rows(labelKeys, kind.choice === "many", kind.item) : markRows(labelKeys, view.keys)}
      />
    </Dialog>
  );
}
