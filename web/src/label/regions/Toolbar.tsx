import type { KeyboardEvent, ReactNode } from "react";
import { Icon } from "../../ui/Icon";
import { useKeyed, useTip } from "../../keymap/Key";
import { keysOf } from "../../keymap/keymap";
import type { CommandId } from "../../keymap/table";
import { keyText } from "../../keymap/text";
import { keepFocus } from "../keepFocus";
import type { Command } from "../keys";
import { documentNow } from "../marks/document";
import { useDesk, useLabeling } from "../useSession";
import { Drawn, Eye, LOCK } from "./Drawn";
import { toolCommand, TOOLS, type RegionMarks } from "./keys";
import { roved } from "./rove";
import { TOOL_FACES } from "./tools";
import { t } from "../../words/words";

interface ToolButtonProps {
  title: string;
  id: CommandId;
  icon: ReactNode;
  command: Command;
  pressed?: boolean;
  disabled?: boolean;
  /** Where the Tab key comes in: the arrows reach the others. */
  entry?: boolean;
}

function ToolButton({ title, id, icon, command, pressed, disabled, entry = false }: ToolButtonProps) {
  const { session } = useDesk();
  const [key] = keysOf(id);
  return (
    <button
      type="button"
      className="tool"
      tabIndex={entry ? 0 : -1}
      {...useKeyed(id)}
      title={useTip(id, title)}
      aria-label={title}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      disabled={disabled}
      onMouseDown={keepFocus}
      onClick={() => session.run(command)}
    >
      {icon}
      {key !== undefined && (
        <span className="tool-key" aria-hidden="true">
          {keyText(key)}
        </span>
      )}
    </button>
  );
}

function rove(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("button:enabled")];
  const to = roved(buttons.findIndex((button) => button === document.activeElement), buttons.length, event.key);
  if (to === null) return;
  event.preventDefault();
  buttons[to]?.focus();
}

export function Toolbar({ marks }: { marks: RegionMarks }) {
  const state = useLabeling();
  const { tool, locked, names, hidden } = state.marking;
  const { done, undone } = documentNow(state);
  return (
    <div className="toolbar" role="toolbar" aria-label={t("Tools")} onKeyDown={rove}>
      {TOOLS[marks].map((name) => (
        <ToolButton key={name} title={TOOL_FACES[name].title} id={toolCommand(marks, name)} icon={<Drawn path={TOOL_FACES[name].icon} />} command={{ do: "tool", tool: name }} pressed={tool === name} entry={tool === name} />
      ))}
      <hr />
      <ToolButton title={t("Undo")} id="answer.undo" icon={<Icon name="undo" />} command={{ do: "undo" }} disabled={done.length === 0} />
      <ToolButton title={t("Redo")} id="marks.redo" icon={<Drawn path="M10.5 3 13 5.5 10.5 8M13 5.5H6.5a3.5 3.5 0 0 0 0 7H10" />} command={{ do: "redo" }} disabled={undone.length === 0} />
      <hr />
      <ToolButton title={hidden.size > 0 ? t("Show all") : t("Hide")} id="regions.hide" icon={<Eye closed={hidden.size > 0} />} command={{ do: "hide" }} pressed={hidden.size > 0} />
      <ToolButton title={t("Names")} id="marks.names" icon={<Drawn path="M2.5 3h6l5 5-5.5 5.5-5.5-5.5zM5.5 6v.01" />} command={{ do: "names" }} pressed={names === true} />
      {marks !== "masks" && <ToolButton title={t("Lock what is there")} id="regions.lock" icon={<Drawn path={LOCK} />} command={{ do: "lock" }} pressed={locked} />}
    </div>
  );
}
