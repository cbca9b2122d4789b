import { useEffect, useRef, useState } from "react";
import { api } from "../../auth/session";
import { t } from "../../words/words";
import type { Accepts } from "../create/accepts";
import type { Chosen } from "../create/droppedFiles";
import type { UploadProgress } from "./progress";
import { destinations, signer, upload, type Outgoing } from "./upload";

interface Wanted {
  readonly datastore: string;
  readonly accepts: Accepts;
  readonly folder: string;
  readonly overwrite: boolean;
  /** Called with the folder that has been uploaded to. */
  readonly onUploaded: (folder: string) => void;
}

export interface Uploading {
  readonly progress: UploadProgress | null;
  readonly problem: string | null;
  /** Files that were not worth uploading. */
  readonly leftOut: number;
  /** Files that could be sent again. */
  readonly left: number;
  readonly busy: boolean;
  readonly start: (chosen: readonly Chosen[]) => void;
  readonly goOn: () => void;
  readonly stop: () => void;
}

/** Has the browser ask before the page is left. */
function useStay(busy: boolean): void {
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [busy]);
}

export function useUpload({ datastore, accepts, folder, overwrite, onUploaded }: Wanted): Uploading {
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [left, setLeft] = useState<readonly Outgoing[]>([]);
  const [leftOut, setLeftOut] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const control = useRef<AbortController | null>(null);
  useStay(busy);
  useEffect(() => () => control.current?.abort(), []);

  const send = async (files: readonly Outgoing[], earlier: UploadProgress | null) => {
    const { signal } = (control.current = new AbortController());
    setBusy(true);
    setProblem(null);
    const ended = await upload({ files, overwrite, sign: signer(api, datastore), signal, onProgress: setProgress, earlier });
    setLeft(ended.left);
    setProblem(ended.problem);
    setBusy(false);
    if (ended.progress.stored + ended.progress.there > 0) onUploaded(folder.trim().replace(/\/+$/, ""));
  };
  const start = (chosen: readonly Chosen[]) => {
    const fitting = chosen.filter(({ path }) => accepts.test(path));
    setLeftOut(chosen.length - fitting.length);
    if (fitting.length > 0) void send(destinations(fitting, folder), null);
    else setProblem(t("None of these files will do: {not}.", { not: accepts.not }));
  };
  return { progress, problem, leftOut, left: left.length, busy, start, goOn: () => void send(left, progress), stop: () => control.current?.abort() };
}
