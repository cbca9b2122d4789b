import { useEffect, useState } from "react";
import type { Project } from "../api/types";
import { Actions } from "./Actions";
import { Enlarged } from "./Enlarged";
import { Instructions } from "./Instructions";
import { KeyHelp } from "./KeyHelp";
import { LabelPanel } from "./LabelPanel";
import { kindOf } from "../kinds/kinds";
import { useMarkingView } from "./marks/load";
import { LabelTopbar } from "./LabelTopbar";
import { Stage } from "./Stage";
import { StatusBar } from "./StatusBar";
import { useKeyboard } from "./useKeyboard";
import { DeskContext, useNewDesk } from "./useSession";
import { useStore } from "../ui/store";

/** Shows the instructions unasked the first time somebody opens a project on this browser. */
function useFirstVisit(project: Project, show: () => void): void {
  const [key] = useState(() => `tagwerk.seen.${project.id}`);
  useEffect(() => {
    if (project.instructions.text === "" || localStorage.getItem(key) !== null) return;
    localStorage.setItem(key, "1");
    show();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once per visit, whatever renders in between
  }, [key]);
}

export function Labeling({ project }: { project: Project }) {
  const view = useMarkingView(kindOf(project.kind));
  const desk = useNewDesk(project, view);
  const { session } = desk;
  const { instructions, overlay } = useStore(session.state);
  useKeyboard(session);
  useFirstVisit(project, () => session.run({ do: "instructions" }));
  return (
    <DeskContext value={desk}>
      <div className={instructions ? "desk with-instructions" : "desk"}>
        <LabelTopbar />
        {instructions && <Instructions project={project} onClose={() => session.run({ do: "instructions" })} />}
        <Stage />
        <aside className="panel" aria-label="Labels and actions">
          <LabelPanel />
          {view !== null && <view.List />}
          <Actions />
        </aside>
        <StatusBar />
      </div>
      {overlay === "keys" && <KeyHelp />}
      {overlay === "enlarge" && <Enlarged />}
    </DeskContext>
  );
}
