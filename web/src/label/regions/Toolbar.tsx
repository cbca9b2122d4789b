import type { ReactNode } from "react";
import { Icon } from "../../ui/Icon";
import { useKeyed, useTip } from "../../keymap/Key";
import { keysOf } from "../../keymap/keymap";
import type { CommandId } from "../../keymap/table";
import { keyText } from "../../keymap/text";
import { keepFocus } from "../keepFocus";
import type { Command } from "../keys";
import { documentNow } from "../marks/document";
import { useDesk, useLabeling } from "../useSession";
import { toolCommand, TOOLS, type RegionMarks } from "./keys";
import { TOOL_FACES } from "./tools";
import { t } from "../../words/words";

interface ToolButtonProps {
  title: string;
  id: CommandId;
  icon: ReactNode;
  command: Command;
  pressed?: boolean;
  disabled?: boolean;
}

function ToolButton({ title, id, icon, command, pressed, disabled }: ToolButtonProps) {
  const { session } = useDesk();
  const [key] = keysOf(id);
  return (
    <button
      type="button"
      className="tool"
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

function Drawn({ path }: { path: string }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export function Toolbar({ marks }: { marks: RegionMarks }) {
  const state = useLabeling();
  const { tool, locked, names, hidden } = state.marking;
  const { done, undone } = documentNow(state);
  return (
    <div className="toolbar" role="toolbar" aria-label={t("Tools")} aria-orientation="vertical">
      {TOOLS[marks].map((name) => (
        <ToolButton key={name} title={TOOL_FACES[name].title} id={toolCommand(marks, name)} icon={<Drawn path={TOOL_FACES[name].icon} />} command={{ do: "tool", tool: name }} pressed={tool === name} />
      ))}
      <hr />
      <ToolButton title={t("Undo")} id="answer.undo" icon={<Icon name="undo" />} command={{ do: "undo" }} disabled={done.length === 0} />
      <ToolButton title={t("Redo")} id="marks.redo" icon={<Drawn path="M10.5 3 13 5.5 10.5 8M13 5.5H6.5a3.5 3.5 0 0 0 0 7H10" />} command={{ do: "redo" }} disabled={undone.length === 0} />
      <hr />
      <ToolButton title={hidden.size > 0 ? t("Show all") : t("Hide")} id="regions.hide" icon={<Drawn path={hidden.size > 0 ? CLOSED_EYE : EYE} />} command={{ do: "hide" }} pressed={hidden.size > 0} />
      <ToolButton title={t("Names")} id="marks.names" icon={<Drawn path="M2.5 3h6l5 5-5.5 5.5-5.5-5.5zM5.5 6v.01" />} command={{ do: "names" }} pressed={names} />
      {marks !== "masks" && <ToolButton title={t("Lock what is there")} id="regions.lock" icon={<Drawn path="M3.5 7.5h9v6h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2" />} command={{ do: "lock" }} pressed={locked} />}
    </div>
  );
}

const EYE = "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z";
const CLOSED_EYE = "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8zM3 13.5l10-11";
