import { Icon } from "./Icon";
import { useStore } from "./store";
import { theme, toggleTheme } from "./theme";

export function ThemeButton() {
  const other = useStore(theme) === "dark" ? "light" : "dark";
  return (
    <button type="button" className="quiet square" onClick={toggleTheme} aria-label={`Use ${other} colours`} title={`Use ${other} colours`}>
      <Icon name={other} />
    </button>
  );
}
