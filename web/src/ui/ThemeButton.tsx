import type { ComponentProps } from "react";
import { Icon } from "./Icon";
import { useStore } from "./store";
import { theme, toggleTheme } from "./theme";
import { t } from "../words/words";

export function ThemeButton(button: ComponentProps<"button">) {
  const other = useStore(theme) === "dark" ? "light" : "dark";
  const says = other === "dark" ? t("Use dark colours") : t("Use light colours");
  return (
    <button type="button" className="quiet square" {...button} onClick={toggleTheme} aria-label={says} title={says}>
      <Icon name={other} />
    </button>
  );
}
