import { useState } from "react";
import { keepFocus } from "../keepFocus";
import { documentNow } from "./document";
import { useDesk, useLabeling } from "../useSession";

/** Shows the list of marks where there is no room for it beside the stage; the style sheet knows where that is. */
export function ListButton() {
  const { view } = useDesk();
  const { marks } = documentNow(useLabeling());
  const [open, setOpen] = useState(false);
  return (
    <button type="button" className="marks-button" aria-expanded={open} onMouseDown={keepFocus} onClick={() => setOpen(!open)}>
      <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2.5 4h.01M6 4h7.5M2.5 8h.01M6 8h7.5M2.5 12h.01M6 12h7.5" />
      </svg>
      <span className="visually-hidden">{view?.marking.countText(marks.length)}</span>
    </button>
  );
}
