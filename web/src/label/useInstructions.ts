import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Project } from "../api/types";
import type { LabelingSession } from "./session";
import { useStore } from "../ui/store";

/** Short, and another one for nearly every other text. */
function digestOf(text: string): string {
  let digest = text.length;
  for (let at = 0; at < text.length; at++) digest = (Math.imul(digest, 31) + text.charCodeAt(at)) | 0;
  return String(digest);
}

/** Opens the instructions unasked for who has not seen them on this browser as they are now. Tells whether they changed before their eyes. */
export function useInstructions(project: Project, session: LabelingSession): boolean {
  const { text = "" } = project.instructions;
  const opened = useRef<string | null>(null);
  const [changed, setChanged] = useState(false);
  useFreshProject(project, session);
  useEffect(() => {
    if (opened.current === text) return;
    const key = `tagwerk.seen.${project.id}`;
    const seen = localStorage.getItem(key);
    localStorage.setItem(key, digestOf(text));
    const meanwhile = opened.current !== null;
    opened.current = text;
    if (text === "" || (!meanwhile && seen === digestOf(text))) return;
    setChanged(meanwhile || seen !== null);
    if (!session.state.get().instructions) session.run({ do: "instructions" });
  }, [project.id, text, session]);
  return changed;
}

/** Asks for the project again once a page comes that is to be labeled by newer instructions. */
function useFreshProject({ id, instructions }: Project, session: LabelingSession): void {
  const client = useQueryClient();
  const { pages } = useStore(session.state);
  const newest = Math.max(0, ...pages.map(({ task }) => task.instructions_version));
  const isOld = newest > (instructions.version ?? 0);
  useEffect(() => {
    if (isOld) void client.invalidateQueries({ queryKey: ["project", id] });
  }, [client, id, isOld, newest]);
}
