import { Dialog } from "../ui/Dialog";
import { useDesk } from "./useSession";

function rows(labelKeys: string, many: boolean): readonly (readonly [string, string])[] {
  return [
    [labelKeys, many ? "Give the label to the selection, or take it back" : "Label the selection, or the current image"],
    ["← → ↑ ↓", "Go to another image"],
    ["Space", "Select the image"],
    ["Shift click", "Select a range"],
    ["Ctrl A", "Select all, or none"],
    ["Esc", "Select none"],
    ["Enter", "Submit the page"],
    ["S", "Skip, with a reason"],
    ["Z", "Undo on this page"],
    ["⌫", "Clear the answer; on a fresh page, take the last page back"],
    ["F", "Find a label"],
    ["V", "View the image large"],
    ["I", "Instructions"],
    ["?", "This list"],
  ];
}

export function KeyHelp() {
  const { session, kind, keys } = useDesk();
  const given = [...keys.values()];
  const [first, last] = [given[0] ?? "", given.at(-1) ?? ""];
  const labelKeys = given.length > 10 ? "1 – 0, ⇧1 – ⇧0" : `${first} – ${last}`;
  return (
    <Dialog title="Keys" onClose={() => session.run({ do: "close" })}>
      <dl className="key-list">
        {rows(labelKeys, kind.choice === "many").map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
