import type { ComponentProps } from "react";
import { useStore } from "../ui/store";
import { changes, keysOf } from "./keymap";
import type { CommandId } from "./table";
import { ariaKeys, keyText } from "./text";

/** The key of a command as it is now; empty where it has none. */
export function keyName(id: CommandId): string {
  const [first] = keysOf(id);
  return first === undefined ? "" : keyText(first);
}

/** The same for the eye; `useKeyed` tells screen readers. */
export function Key({ of }: { of: CommandId }) {
  useStore(changes);
  const name = keyName(of);
  return name === "" ? null : <kbd aria-hidden="true">{name}</kbd>;
}

interface Keyed {
  "data-key": CommandId;
  "aria-keyshortcuts"?: string;
}

/** What a control carries that does what a key does. A key that nothing else listens to presses it. */
export function useKeyed(id: CommandId): Keyed {
  useStore(changes);
  const keys = keysOf(id);
  return { "data-key": id, ...(keys.length === 0 ? {} : { "aria-keyshortcuts": ariaKeys(keys) }) };
}

/** A tool tip that names the key. */
export function useTip(id: CommandId, title: string): string {
  useStore(changes);
  const name = keyName(id);
  return name === "" ? title : `${title} (${name})`;
}

/** A button with its key on it, which leaves the focus where it is. */
export function KeyButton({ id, children, ...button }: { id: CommandId } & ComponentProps<"button">) {
  return (
    <button type="button" onMouseDown={(event) => event.preventDefault()} {...useKeyed(id)} {...button}>
      {children} <Key of={id} />
    </button>
  );
}

/** A button too small for more than a sign, called `name` or else as its tool tip, which names the key too. */
export function KeyTool({ id, title, name = title, children, ...button }: { id: CommandId; title: string; name?: string } & ComponentProps<"button">) {
  return (
    <button type="button" title={useTip(id, title)} onMouseDown={(event) => event.preventDefault()} {...useKeyed(id)} {...button}>
      <span className="visually-hidden">{name}</span>
      <span className="sign" aria-hidden="true">
        {children}
      </span>
    </button>
  );
}

/** Does with the control of a command what a click would do; false where none is there. */
export function pressButton(id: CommandId): boolean {
  const control = document.querySelector<HTMLElement>(`[data-key="${id}"]:not(:disabled)`);
  if (control === null) return false;
  if (!(control instanceof HTMLButtonElement)) control.focus();
  else {
    control.click();
    control.popoverTargetElement?.querySelector("input")?.focus();
  }
  return true;
}
