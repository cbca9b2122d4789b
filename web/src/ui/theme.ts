import { createStore } from "./store";

export type Theme = "light" | "dark";

const KEY = "tagwerk.theme";
const prefersDark = matchMedia("(prefers-color-scheme: dark)");

function stored(): Theme | null {
  const value = localStorage.getItem(KEY);
  return value === "light" || value === "dark" ? value : null;
}

const shown = (): Theme => stored() ?? (prefersDark.matches ? "dark" : "light");

export const theme = createStore<Theme>(shown());

function show(): void {
  theme.set(shown());
  document.documentElement.dataset.theme = theme.get();
}

export function startTheme(): void {
  prefersDark.addEventListener("change", show);
  show();
}

export function toggleTheme(): void {
  localStorage.setItem(KEY, theme.get() === "dark" ? "light" : "dark");
  show();
}
