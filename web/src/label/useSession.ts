import { createContext, useContext, useLayoutEffect, useState } from "react";
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
import { modeOf } from "./keys";
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

/** What a desk does not take from its project; `project` is the name that its drafts are kept by. */
type Place = Pick<SessionSetup, "user" | "project" | "layout" | "tasks" | "outbox" | "keep">;

export function deskOf(project: Project, view: MarkingView | null, place: Place): Desk {
  const labels = flatten(project.labels);
  const kind = kindOf(project.kind);
  const keys = new LabelKeys(project.id, labels, modeOf(kind));
  const session = new LabelingSession({
    ...place,
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
  return deskOf(project, view, { user: me.id, project: project.id, layout, tasks: tasksOf(api, project.id), outbox, keep: { database: browserDatabase, takeSeat: () => takeSeat(`${me.id}.${project.id}`) } });
}

/** The session of a desk lives as long as it is shown. `leaving` has the last word before it ends. */
export function useRunning({ session }: Desk, leaving?: () => void): void {
  useLayoutEffect(() => {
    session.start();
    const wake = () => session.awake(document.visibilityState === "visible");
    const leave = () => session.flush();
    document.addEventListener("visibilitychange", wake);
    addEventListener("pagehide", leave);
    return () => {
      document.removeEventListener("visibilitychange", wake);
      removeEventListener("pagehide", leave);
      leaving?.();
      session.stop();
    };
  }, [session, leaving]);
}

/** Opens the desk once. */
export function useNewDesk(project: Project, view: MarkingView | null): Desk {
  const person = usePerson();
  const [desk] = useState(() => openDesk(project, view, person));
  useRunning(desk);
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
