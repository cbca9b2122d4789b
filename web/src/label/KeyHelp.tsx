import { Dialog } from "../ui/Dialog";
import { KeyRows } from "../ui/KeyRows";
import { useDesk } from "./useSession";

const SHARED = [
  ["Enter", "Submit, or accept what is suggested"],
  ["S", "Skip, with a reason"],
  ["F", "Find a label"],
  ["I", "Instructions"],
  ["?", "This list"],
] as const;

function rows(labelKeys: string, many: boolean, item: string): readonly (readonly [string, string])[] {
  return [
    [labelKeys, many ? "Give the label to the selection, or take it back" : `Label the selection, or the current ${item}`],
    ["← → ↑ ↓", `Go to another ${item}`],
    ["Space", `Select the ${item}`],
    ["Shift click", "Select a range"],
    ["A, Ctrl A", "Select all, or none; a label key labels them"],
    ["Esc", "Select none"],
    ["Z", "Undo on this page"],
    ["⌫", "Clear the answer; on a fresh page, take the last page back"],
    ["V", "View it large"],
    ...SHARED,
  ];
}

function markRows(labelKeys: string, own: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return [[labelKeys, "The label of what comes next, and of what is selected"], ...own, ...SHARED];
}

export function KeyHelp() {
  const { session, kind, keys, view } = useDesk();
  const given = [...keys.values()];
  const [first, last] = [given[0] ?? "", given.at(-1) ?? ""];
  const labelKeys = given.length > 10 ? "1 – 0, ⇧1 – ⇧0" : `${first} – ${last}`;
  return (
    <Dialog title="Keys" className={view === null ? "" : "wide"} onClose={() => session.run({ do: "close" })}>
      <KeyRows
        className="key-list"
        rows={view === null ? rows(labelKeys, kind.choice === "many", kind.item) : markRows(labelKeys, view.keys)}
      />
    </Dialog>
  );
}
