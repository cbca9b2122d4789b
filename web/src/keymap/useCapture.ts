import { useEffect, useEffectEvent } from "react";
import { captured, isKept } from "./edit";

interface Listener {
  taken: (chord: string) => void;
  /** The browser has this one. */
  kept: () => void;
  cancel: () => void;
}

/** While it listens, the next key is told and does nothing else. */
export function useCapture(listens: boolean, listener: Listener): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.repeat) return;
    if (event.key === "Escape") return listener.cancel();
    const chord = captured(event);
    if (chord === null) return;
    if (isKept(chord)) listener.kept();
    else listener.taken(chord);
  });
  useEffect(() => {
    if (!listens) return;
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listen, true);
    return () => window.removeEventListener("keydown", listen, true);
  }, [listens]);
}
