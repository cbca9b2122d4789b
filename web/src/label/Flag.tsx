import { Suspense } from "react";
import { KeyTool } from "../keymap/Key";
import { Icon } from "../ui/Icon";
import { soon } from "../ui/soon";
import { t } from "../words/words";
import { flagsOn } from "./flags";
import { useDesk, useLabeling } from "./useSession";

const FlagForm = soon(() => import("./FlagForm"));

export function FlagButton() {
  const { session } = useDesk();
  const { pages, overlay } = useLabeling();
  const open = overlay === "flag";
  return (
    <KeyTool id="page.flag" title={t("Flag for review")} className="square" disabled={pages.length === 0} aria-expanded={open} onClick={() => session.run(open ? { do: "close" } : { do: "open", overlay: "flag" })}>
      <Icon name="flag" />
    </KeyTool>
  );
}

/** What is flagged on the page, and where the note is written. */
export function Flags() {
  const { pages, overlay } = useLabeling();
  const page = pages[0];
  if (page === undefined) return null;
  const flags = flagsOn(page);
  return (
    <>
      {overlay === "flag" && (
        <Suspense>
          <FlagForm page={page} />
        </Suspense>
      )}
      {flags.length > 0 && (
        <ul className="plain-list" aria-label={t("Flagged for review")}>
          {flags.map(({ number, note }) => (
            <li key={number} className="row">
              <span className="chip bad ellipsis" title={note}>
                <Icon name="flag" />
                {page.task.items.length > 1 ? `${number}: ${note}` : note}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
