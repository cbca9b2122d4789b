import { lazy, Suspense, useEffect, useState } from "react";
import type { Project } from "../api/types";
import { Actions } from "./Actions";
import { Instructions } from "./Instructions";
import { LabelPanel } from "./LabelPanel";
import { kindOf } from "../kinds/kinds";
import { useMarkingView } from "./marks/load";
import { LabelTopbar } from "./LabelTopbar";
import { Stage } from "./Stage";
import { StatusBar } from "./StatusBar";
import { useKeyboard } from "./useKeyboard";
import { DeskContext, useNewDesk } from "./useSession";
import { useStore } from "../ui/store";
import { t } from "../words/words";

const Enlarged = lazy(() => import("./Enlarged"));
const KeyHelp = lazy(() => import("./KeyHelp"));

/** Shows the instructions unasked to who has not seen them on this browser, or not as they are now. */
function useFirstVisit(project: Project, show: () => void): void {
  const [key] = useState(() => `tagwerk.seen.${project.id}`);
  useEffect(() => {
    const text = project.instructions.text ?? "";
    const seen = localStorage.getItem(key);
    localStorage.setItem(key, digestOf(text));
    if (text !== "" && seen !== digestOf(text)) show();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once per visit, whatever renders in between
  }, [key]);
}

/** Short, and another one for nearly every other text. */
function digestOf(text: string): string {
  let digest = text.length;
  for (let at = 0; at < text.length; at++) digest = (Math.imul(digest, 31) + text.charCodeAt(at)) | 0;
  return String(digest);
}

export function Labeling({ project }: { project: Project }) {
  const view = useMarkingView(kindOf(project.kind));
  const desk = useNewDesk(project, view);
  const { session } = desk;
  const { instructions, overlay } = useStore(session.state);
  useKeyboard(desk);
  useFirstVisit(project, () => session.run({ do: "instructions" }));
  return (
    <DeskContext value={desk}>
      <div className={instructions ? "desk with-instructions" : "desk"}>
        <LabelTopbar />
        {instructions && <Instructions project={project} onClose={() => session.run({ do: "instructions" })} />}
        <Stage />
        <aside className="panel" aria-label={t("Labels and actions")}>
          <LabelPanel />
          {view !== null && <view.List />}
          <Actions />
        </aside>
        <StatusBar />
      </div>
      <Suspense>
        {overlay === "keys" && <KeyHelp />}
        {overlay === "enlarge" && <Enlarged />}
      </Suspense>
    </DeskContext>
  );
}
