import { Icon } from "./Icon";
import { useStore } from "./store";
import { theme, toggleTheme } from "./theme";
import { t } from "../words/words";

export function ThemeButton() {
  const other = useStore(theme) === "dark" ? "light" : "dark";
  return (
    <button type="button" className="quiet square" onClick={toggleTheme} aria-label={t("Use {other} colours", { other })} title={t("Use {other} colours", { other })}>
      <Icon name={other} />
    </button>
  );
}
