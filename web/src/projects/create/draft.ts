import type { KindId, LabelNode, NewProject } from "../../api/types";
import { parseLabels } from "../../labels/parse";
import { paletteColor } from "../../labels/palette";
import { flatten } from "../../labels/tree";

/** What somebody has typed so far, kept until the project exists. */
export interface DraftProject {
  name: string;
  kind: KindId;
  datastore: string;
  path: string;
  labels: string;
  /** Colours chosen by hand, by label path. */
  colors: Record<string, string>;
  instructions: string;
  url: string;
  refresh: boolean;
  leaseMinutes: string;
}

export const EMPTY_DRAFT: DraftProject = {
  name: "", kind: "image_multiclass", datastore: "", path: "", labels: "", colors: {},
  instructions: "", url: "", refresh: true, leaseMinutes: "30",
};

const KEY = "tagwerk.new-project";

export function loadDraft(): DraftProject {
  try {
    return { ...EMPTY_DRAFT, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<DraftProject>) };
  } catch {
    return EMPTY_DRAFT;
  }
}

export function saveDraft(draft: DraftProject | null): void {
  if (draft === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, JSON.stringify(draft));
}

/** The labels as written, each with a colour: the one chosen, or the next of the palette. */
export function coloredTree(text: string, chosen: Readonly<Record<string, string>>): LabelNode[] {
  const { tree } = parseLabels(text);
  const order = new Map(flatten(tree).map((label, index) => [label.path, index]));
  const paint = (nodes: readonly LabelNode[], parent: string): LabelNode[] =>
    nodes.map((node) => {
      const path = parent + node.name;
      const color = chosen[path] ?? paletteColor(order.get(path) ?? 0);
      return { name: node.name, color, children: paint(node.children ?? [], `${path}/`) };
    });
  return paint(tree, "");
}

export type DraftErrors = Partial<Record<"name" | "path" | "labels" | "lease_minutes" | "kind" | "instructions", string>>;

export function errorsIn(draft: DraftProject): DraftErrors {
  const errors: DraftErrors = {};
  const { count, problems } = parseLabels(draft.labels);
  const minutes = Number(draft.leaseMinutes);
  if (draft.name.trim() === "") errors.name = "The project needs a name.";
  if (draft.path.trim() === "") errors.path = "Say where the images are, or upload some.";
  if (count === 0) errors.labels = "Write at least one label.";
  else if (problems[0] !== undefined) errors.labels = problems[0];
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1440) errors.lease_minutes = "From 1 to 1,440 minutes.";
  return errors;
}

export function newProjectOf(draft: DraftProject): NewProject {
  return {
    name: draft.name.trim(),
    kind: draft.kind,
    data: { datastore: draft.datastore, path: draft.path.trim(), type: "files", columns: null, import_as: null },
    labels: coloredTree(draft.labels, draft.colors),
    instructions: { text: draft.instructions, url: draft.url.trim() || null },
    refresh: { enabled: draft.refresh },
    quality: { consensus: false, min_labelers: 1, max_labelers: 1 },
    assist: { enabled: false },
    lease_minutes: Number(draft.leaseMinutes),
  };
}

/** What each section of the form is given. */
export interface SectionProps {
  draft: DraftProject;
  change: (part: Partial<DraftProject>) => void;
  errors: DraftErrors;
}
