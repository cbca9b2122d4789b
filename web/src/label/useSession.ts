import { createContext, useContext, useEffect, useState } from "react";
import { api } from "../auth/session";
import { usePerson, type Person } from "../shell/person";
import type { Project } from "../api/types";
import { LabelKeys } from "../keymap/labelKeys";
import { kindOf, type Kind } from "../kinds/kinds";
import { flatten, type Label } from "../labels/tree";
import { useStore } from "../ui/store";
import { Images } from "./images";
import { browserDatabase } from "../drafts/database";
import { takeSeat } from "../drafts/seat";
import { imageServerOf } from "./imageServer";
import { storedLayout } from "./layout";
import type { MarkingView } from "./marks/marking";
import { LabelingSession, type SessionSetup } from "./session";
import type { LabelingState } from "./state";
import { tasksOf } from "./tasks";

/** What the parts of the labeling page share. */
export interface Desk {
  readonly session: LabelingSession;
  readonly project: Project;
  readonly kind: Kind;
  /** How marks are shown, for kinds that have them. */
  readonly view: MarkingView | null;
  readonly labels: readonly Label[];
  readonly byPath: ReadonlyMap<string, Label>;
  readonly keys: LabelKeys;
}

/** What a desk does not take from its project. */
type Place = Pick<SessionSetup, "user" | "layout" | "tasks" | "outbox" | "keep">;

export function deskOf(project: Project, view: MarkingView | null, place: Place): Desk {
  const labels = flatten(project.labels);
  const keys = new LabelKeys(project.id, labels.map((label) => label.path));
  const kind = kindOf(project.kind);
  const session = new LabelingSession({
    ...place,
    project: project.id,
    kind,
    keys,
    leaseMs: project.lease_minutes * 60_000,
    images: new Images(imageServerOf(api, project.id)),
    marking: view?.marking ?? null,
    overlap: project.masks.overlap ?? false,
    firstLabel: labels[0]?.path ?? null,
  });
  return { session, project, kind, view, labels, byPath: new Map(labels.map((label) => [label.path, label])), keys };
}

function openDesk(project: Project, view: MarkingView | null, { me, outbox }: Person): Desk {
  const layout = kindOf(project.kind).marks === null ? storedLayout() : 1;
  return deskOf(project, view, { user: me.id, layout, tasks: tasksOf(api, project.id), outbox, keep: { database: browserDatabase, takeSeat: () => takeSeat(`${me.id}.${project.id}`) } });
}

/** Opens the desk once; the session lives as long as the page is shown. */
export function useNewDesk(project: Project, view: MarkingView | null): Desk {
  const person = usePerson();
  const [desk] = useState(() => openDesk(project, view, person));
  useEffect(() => {
    desk.session.start();
    const wake = () => desk.session.awake(document.visibilityState === "visible");
    const leave = () => desk.session.flush();
    document.addEventListener("visibilitychange", wake);
    addEventListener("pagehide", leave);
    return () => {
      document.removeEventListener("visibilitychange", wake);
      removeEventListener("pagehide", leave);
      desk.session.stop();
    };
  }, [desk]);
  return desk;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error("useDesk needs a DeskContext around it");
  return desk;
}

export function useLabeling(): LabelingState {
  return useStore(useDesk().session.state);
}
