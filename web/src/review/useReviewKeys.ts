import { useEffect } from "react";
import { reviewCommand } from "./keys";
import type { ReviewSession } from "./session";

/** Keys that belong to the control that has the focus: fields take all, buttons take theirs. */
export function isTaken(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest("input, textarea, select, [popover]") !== null) return true;
  return (event.key === "Enter" || event.key === " ") && target.closest("button, a, summary") !== null;
}

export function useReviewKeys(session: ReviewSession): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { view, ask, keys } = session.state.get();
      if (event.defaultPrevented || isTaken(event) || view === "correction" || ask !== null || keys) return;
      const command = reviewCommand(event, view === "item");
      if (command === null) return;
      event.preventDefault();
      session.run(command);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [session]);
}
