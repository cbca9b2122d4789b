import { useState } from "react";
import type { Project } from "../../api/types";
import { draftOf, type Draft } from "./draft";

interface Begun {
  /** The labels that the editing began from. */
  readonly tree: Project["labels"];
  readonly retired: readonly string[];
  readonly version: number;
  readonly draft: Draft;
}

const begin = ({ labels, retired, label_version: version }: Project): Begun => ({ tree: labels, retired, version, draft: draftOf(labels, retired) });

/** The labels as somebody is editing them, from the version that was there when they began. */
export function useLabelDraft(project: Project) {
  const [begun, setBegun] = useState(() => begin(project));
  const [draft, setDraft] = useState(begun.draft);
  const restart = () => {
    const next = begin(project);
    setBegun(next);
    setDraft(next.draft);
  };
  const touched = draft !== begun.draft;
  if (begun.version !== project.label_version && !touched) restart();
  return { begun, draft, setDraft, touched, overtaken: begun.version !== project.label_version, restart };
}
