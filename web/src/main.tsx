import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { Crash } from "./ui/Crash";
import { reloadAfterDeployment } from "./ui/freshBuild";
import { startTheme } from "./ui/theme";
import { language } from "./words/language";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/controls.css";
import "./shell/shell.css";

document.documentElement.lang = language;
startTheme();
reloadAfterDeployment();
const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Crash>
        <App />
      </Crash>
    </StrictMode>,
  );
}
