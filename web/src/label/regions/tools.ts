import type { ToolName } from "../../canvas/owner";
import { t } from "../../words/words";

interface ToolFace {
  readonly title: string;
  readonly hint: string;
  /** A path in a box of 16 by 16. */
  readonly icon: string;
}

export const TOOL_FACES: Readonly<Record<ToolName, ToolFace>> = {
  select: { title: t("Select and move"), hint: t("Click to select, drag to move, handles to reshape"), icon: "m3 2 9.5 5.2-4.3 1-2 4z" },
  points: { title: t("Add and remove points"), hint: t("Click a point to remove it, an edge to add one"), icon: "M3 11.5 8 4l5 7.5M3 13.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zm10 0a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zM8 5.5a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z" },
  box: { title: t("Box"), hint: t("Drag, or click two corners"), icon: "M2.5 4h11v8h-11z" },
  extreme: { title: t("Box by four points"), hint: t("Click the topmost, lowest, leftmost and rightmost point"), icon: "M8 2v.01M8 14v-.01M2 8h.01M14 8h-.01M4.5 4.5h7v7h-7z" },
  template: { title: t("Box of the last size"), hint: t("Click to place a box as large as the last"), icon: "M2.5 2.5h7v6h-7zM6.5 8.5v5h7v-6h-4" },
  polygon: { title: t("Polygon"), hint: t("Click points; double-click or Enter closes"), icon: "m8 2 5.5 4.3-2 7.2h-7l-2-7.2z" },
  part: { title: t("Add a part to the polygon"), hint: t("Draw another outline of the selected polygon"), icon: "m5.5 2 3.8 3-1.4 5H3.2L1.8 5zM12 9v5m-2.5-2.5h5" },
  hole: { title: t("Cut out"), hint: t("Draw what does not belong to it"), icon: "M4.7 6.3 13 12M4.7 9.7 13 4M3.5 7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4zm0 5.4a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4z" },
  brush: { title: t("Brush"), hint: t("Paint; its size is set on the right"), icon: "M13.5 2.5 7.5 8.5M6.8 8.2c-2.3-.3-3 1.2-3.1 2.6-.1.9-.6 1.5-1.4 1.9 2.4 1 5.7.5 6-2.3z" },
  window: { title: t("Brightness and contrast"), hint: t("Drag to the right for more contrast or width, down for brightness"), icon: "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11" },
  eraser: { title: t("Eraser"), hint: t("Rub out; its size is set on the right"), icon: "m2.5 10 6-6.5 4.5 4-5.5 6H5zM5.5 7l4.5 4M7 13.5h6.5" },
};
