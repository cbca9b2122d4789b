import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { startTheme } from "./ui/theme";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/controls.css";
import "./ui/shell.css";

startTheme();
const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
