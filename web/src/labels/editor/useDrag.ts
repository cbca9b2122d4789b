import { useState, type DragEvent } from "react";
import { dropped, type Draft, type Where } from "./draft";

/** Over which label something is dragged, and where of it. */
interface Over {
  readonly id: string;
  readonly where: Where;
}

export interface Drag {
  readonly over: Over | null;
  readonly start: (id: string, event: DragEvent<HTMLElement>) => void;
  readonly move: (id: string, event: DragEvent<HTMLElement>) => void;
  readonly drop: (event: DragEvent<HTMLElement>) => void;
  readonly end: () => void;
}

/** The upper part of a row is before its label, the lower part behind it, the middle inside. */
function whereIn(row: HTMLElement, y: number): Where {
  const { top, height } = row.getBoundingClientRect();
  const share = (y - top) / height;
  if (share < 0.3) return "before";
  return share > 0.7 ? "after" : "inside";
}

export function useDrag(draft: Draft, onChange: (next: Draft) => void): Drag {
  const [held, setHeld] = useState<string | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const end = () => {
    setHeld(null);
    setOver(null);
  };
  return {
    over,
    start: (id, event) => {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", id);
      const row = event.currentTarget.closest("li");
      if (row !== null) event.dataTransfer.setDragImage(row, 12, 12);
      setHeld(id);
    },
    move: (id, event) => {
      if (held === null) return;
      event.preventDefault();
      const where = whereIn(event.currentTarget, event.clientY);
      setOver((before) => (before?.id === id && before.where === where ? before : { id, where }));
    },
    drop: (event) => {
      event.preventDefault();
      if (held !== null && over !== null) onChange(dropped(draft, held, over.id, over.where));
      end();
    },
    end,
  };
}
