import { useEffect } from "react";
import { pressButton } from "../keymap/Key";
import { followKeys, lookUp } from "../keymap/keymap";
import { modeOf } from "./keys";
import type { Desk } from "./useSession";

/** Keys that belong to the control that has the focus: text fields take all, buttons take theirs. */
function isTaken(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select") !== null) return true;
  return (event.key === "Enter" || event.key === " ") && target.closest("button, a, summary") !== null;
}

/** Presses the button that does what the key means, where the session itself has no use for it. */
function pressed(event: KeyboardEvent, { session, kind }: Desk): boolean {
  const id = session.state.get().overlay === null ? lookUp(event, modeOf(kind)) : null;
  return id !== null && pressButton(id);
}

export function useKeyboard(desk: Desk): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTaken(event)) return;
      if (desk.session.press(event) || pressed(event, desk)) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [desk]);
  useEffect(followKeys, []);
}
