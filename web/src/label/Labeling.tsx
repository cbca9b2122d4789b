import { Suspense, useEffect } from "react";
import type { Project } from "../api/types";
import { Actions } from "./Actions";
import { LabelPanel } from "./LabelPanel";
import { kindOf } from "../kinds/kinds";
import { useMarkingView } from "./marks/load";
import { LabelTopbar } from "./LabelTopbar";
import { Stage } from "./Stage";
import { StatusBar } from "./StatusBar";
import { useInstructions } from "./useInstructions";
import { useKeyboard } from "./useKeyboard";
import { DeskContext, useNewDesk } from "./useSession";
import { fetchAhead, soon } from "../ui/soon";
import { useStore } from "../ui/store";
import { withWords } from "../words/lazily";
import { t } from "../words/words";

const Enlarged = soon(() => import("./Enlarged"));
const Instructions = soon(() => import("./Instructions"));
const KeyHelp = soon(withWords("keys", () => import("./KeyHelp")));
const HistoryPanel = soon(() => import("../history/HistoryPanel"));

export function Labeling({ project }: { project: Project }) {
  const view = useMarkingView(kindOf(project.kind));
  const desk = useNewDesk(project, view);
  const { session } = desk;
  const { instructions, lastPages, overlay } = useStore(session.state);
  useKeyboard(desk);
  useEffect(fetchAhead, []);
  const changed = useInstructions(project, session);
  return (
    <DeskContext value={desk}>
      <div className={instructions ? "desk with-instructions" : "desk"}>
        <LabelTopbar />
        {instructions && (
          <Suspense fallback={<aside className="instructions" />}>
            <Instructions project={project} changed={changed} onClose={() => session.run({ do: "instructions" })} />
          </Suspense>
        )}
        <Stage />
        <aside className="panel" aria-label={t("Labels and actions")}>
          {lastPages ? (
            <Suspense fallback={<div className="labels" />}>
              <HistoryPanel onClose={() => session.run({ do: "lastPages" })} />
            </Suspense>
          ) : (
            <>
              <LabelPanel />
              {view !== null && <view.List />}
            </>
          )}
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
