import type { ReactNode } from "react";
import { Icon, type IconName } from "../../ui/Icon";
import { t } from "../../words/words";
import { keepFocus } from "../keepFocus";
import { useDesk, useLabeling } from "../useSession";
import { strokesOf, type Stroke } from "./strokes";

const FACES: Readonly<Record<Stroke, readonly [icon: IconName, title: () => string]>> = {
  finish: ["check", () => t("Finish")],
  mark: ["check", () => t("Mark")],
  cancel: ["close", () => t("Cancel")],
  delete: ["trash", () => t("Delete")],
};

/** For fingers, what otherwise needs a key: shown where a pointer is coarse. */
export function StrokeBar(): ReactNode {
  const { session } = useDesk();
  const strokes = strokesOf(useLabeling().marking);
  const run: Readonly<Record<Stroke, () => void>> = {
    finish: () => void session.host.surface()?.finish(),
    mark: () => session.run({ do: "mark" }),
    cancel: () => session.run({ do: "none" }),
    delete: () => session.run({ do: "clear" }),
  };
  if (strokes.length === 0) return null;
  return (
    <div className="stroke-bar" role="group" aria-label={t("What is begun")}>
      {strokes.map((stroke) => (
        <button key={stroke} type="button" onMouseDown={keepFocus} onClick={run[stroke]}>
          <Icon name={FACES[stroke][0]} />
          {FACES[stroke][1]()}
        </button>
      ))}
    </div>
  );
}
