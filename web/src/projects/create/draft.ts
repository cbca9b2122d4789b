import type { KindId, LabelNode, NewProject } from "../../api/types";
import { kindOf } from "../../kinds/kinds";
import { modeOf } from "../../label/keys";
import { keyProblems } from "../../labels/ownersKeys";
import { parseLabels } from "../../labels/parse";
import { paletteColor } from "../../labels/palette";
import { flatten } from "../../labels/tree";
import { ASSIST_DEFAULTS, targetError } from "../../settings/assist";
import { DEFAULTS, hasRegions, SEVERAL, type SpanMatch, type TieBreak } from "../../quality/quality";
import { t } from "../../words/words";

export type DataType = "files" | "tabular" | "mltable";

export type Mapping = Record<"image" | "category" | "confidence", string>;

/** How answers are to be settled, as it is typed: shares in percent. */
export interface DraftQuality {
  consensus: boolean;
  least: string;
  most: string;
  threshold: string;
  iou: string;
  spans: SpanMatch;
  tie: TieBreak;
  gold: string;
}

/** What somebody has typed so far, kept until the project exists. */
export interface DraftProject {
  name: string;
  kind: KindId;
  dataType: DataType;
  datastore: string;
  path: string;
  /** Of tables: whether their first row names the columns, and which of them labelers see; null is all. */
  header: boolean;
  columns: string[] | null;
  /** Of an MLTable: which of its columns are what; an empty name is none. */
  mapping: Mapping;
  importAs: "prelabels" | "labels";
  /** Whether masks may share pixels. */
  overlap: boolean;
  labels: string;
  /** Colours chosen by hand, by label path. */
  colors: Record<string, string>;
  /** Keys chosen for everybody, by label path. */
  keys: Record<string, string | null>;
  instructions: string;
  url: string;
  refresh: boolean;
  leaseMinutes: string;
  quality: DraftQuality;
  /** Whether models learn from answers, and how right what they are trusted with has to be, in percent. */
  models: boolean;
  target: string;
  hasVendor: boolean;
  vendorName: string;
  vendorEmail: string;
}

const percent = (share: number) => String(100 * share);

const { agreement: RULES } = DEFAULTS;
const EMPTY_QUALITY: DraftQuality = {
  consensus: DEFAULTS.consensus, ...SEVERAL, threshold: percent(RULES.threshold), iou: percent(RULES.iou),
  spans: RULES.spans, tie: RULES.tie_break, gold: percent(DEFAULTS.gold_rate),
};

export const EMPTY_DRAFT: DraftProject = {
  name: "", kind: "image_multiclass", dataType: "files", datastore: "", path: "", header: true, columns: null,
  mapping: { image: "image_url", category: "", confidence: "" }, importAs: "prelabels", overlap: false, labels: "", colors: {}, keys: {},
  instructions: "", url: "", refresh: true, leaseMinutes: "30", quality: EMPTY_QUALITY, models: ASSIST_DEFAULTS.enabled, target: percent(ASSIST_DEFAULTS.target), hasVendor: false, vendorName: "", vendorEmail: "",
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

/** The labels as written, each with a colour, the one chosen or the next of the palette, and with the key that was chosen. */
export function treeOf({ labels, colors, keys }: Pick<DraftProject, "labels" | "colors" | "keys">): LabelNode[] {
  const { tree } = parseLabels(labels);
  const order = new Map(flatten(tree).map((label, index) => [label.path, index]));
  const paint = (nodes: readonly LabelNode[], parent: string): LabelNode[] =>
    nodes.map((node) => {
      const path = parent + node.name;
      const color = colors[path] ?? paletteColor(order.get(path) ?? 0);
      return { name: node.name, color, key: keys[path] ?? null, children: paint(node.children ?? [], `${path}/`) };
    });
  return paint(tree, "");
}

/** What is wrong with the keys, by label path. */
export function keyProblemsIn(draft: DraftProject): ReadonlyMap<string, string> {
  return keyProblems(flatten(treeOf(draft)), modeOf(kindOf(draft.kind)));
}

type FieldName = "name" | "path" | "labels" | "keys" | "lease_minutes" | "kind" | "instructions" | "columns" | "min_labelers" | "max_labelers" | "threshold" | "iou" | "gold_rate" | "models" | "target" | "vendor_name" | "vendor_email";
export type DraftErrors = Partial<Record<FieldName, string>>;

const LABELERS_MAX = 50;
const GOLD_MAX = 50;

const isCount = (text: string) => Number.isInteger(Number(text)) && Number(text) >= 1 && Number(text) <= LABELERS_MAX;
const isShare = (text: string) => text.trim() !== "" && Number(text) > 0 && Number(text) <= 100;

function qualityErrors({ quality, kind }: DraftProject): DraftErrors {
  const errors: DraftErrors = {};
  const gold = Number(quality.gold);
  if (quality.gold.trim() === "" || !(gold >= 0 && gold <= GOLD_MAX)) errors.gold_rate = t("From 0 to {most} percent.", { most: GOLD_MAX });
  if (!quality.consensus) return errors;
  if (!isCount(quality.least)) errors.min_labelers = t("From 1 to {most} labelers.", { most: LABELERS_MAX });
  if (!isCount(quality.most)) errors.max_labelers = t("From 1 to {most} labelers.", { most: LABELERS_MAX });
  else if (Number(quality.most) < Number(quality.least)) errors.max_labelers = t("No fewer than at least.");
  if (!isShare(quality.threshold)) errors.threshold = t("More than 0, and 100 percent at most.");
  if (hasRegions(kindOf(kind)) && !isShare(quality.iou)) errors.iou = t("More than 0, and 100 percent at most.");
  return errors;
}

function vendorErrors({ hasVendor, vendorName, vendorEmail }: DraftProject): DraftErrors {
  if (!hasVendor) return {};
  return {
    ...(vendorName.trim() === "" ? { vendor_name: t("The company needs a name.") } : {}),
    ...(vendorEmail.trim() === "" || vendorEmail.includes("@") ? {} : { vendor_email: t("This is no e-mail address.") }),
  };
}

export function errorsIn(draft: DraftProject): DraftErrors {
  const errors: DraftErrors = { ...qualityErrors(draft), ...vendorErrors(draft) };
  const { count, problems } = parseLabels(draft.labels);
  const minutes = Number(draft.leaseMinutes);
  if (draft.name.trim() === "") errors.name = t("The project needs a name.");
  if (draft.path.trim() === "") errors.path = t("Say where the {item}s are, or upload some.", { item: kindOf(draft.kind).item });
  if (draft.dataType === "mltable" && draft.mapping.image === "") errors.columns = t("Say which column names the image.");
  if (draft.dataType === "tabular" && draft.columns?.length === 0) errors.columns = t("Labelers need to see one column at least.");
  if (count === 0) errors.labels = t("Write at least one label.");
  else if (problems[0] !== undefined) errors.labels = problems[0];
  const [keyProblem] = keyProblemsIn(draft).values();
  if (keyProblem !== undefined) errors.keys = keyProblem;
  const target = draft.models ? targetError(draft.target) : undefined;
  if (target !== undefined) errors.target = target;
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 1440) errors.lease_minutes = t("From 1 to 1,440 minutes.");
  return errors;
}

/** The types of data that fit a kind: the rows of tables are texts, and an MLTable names images. */
export function typesFor(kind: KindId): readonly DataType[] {
  return kindOf(kind).item === "text" ? ["files", "tabular"] : ["files", "mltable"];
}

/** The columns of an MLTable that are mapped to something, or null while the image's is not known. */
export function mappedColumns({ mapping }: DraftProject): Record<string, string> | null {
  const mapped = Object.entries(mapping).filter(([what, column]) => column !== "" && (what !== "confidence" || mapping.category !== ""));
  return mapping.image === "" ? null : Object.fromEntries(mapped);
}

function dataOf(draft: DraftProject): NewProject["data"] {
  const { datastore, dataType: type, header, columns } = draft;
  const place = { datastore, path: draft.path.trim(), type };
  if (type === "tabular") return { ...place, header, columns, import_as: null };
  if (type === "files") return { ...place, columns: null, import_as: null };
  return { ...place, columns: mappedColumns(draft), import_as: draft.mapping.category === "" ? null : draft.importAs };
}

function qualityOf({ quality, kind }: DraftProject): NonNullable<NewProject["quality"]> {
  const gold_rate = Number(quality.gold) / 100;
  if (!quality.consensus) return { consensus: false, gold_rate };
  const regions = hasRegions(kindOf(kind));
  const agreement = { threshold: Number(quality.threshold) / 100, spans: quality.spans, tie_break: quality.tie, ...(regions ? { iou: Number(quality.iou) / 100 } : {}) };
  return { consensus: true, min_labelers: Number(quality.least), max_labelers: Number(quality.most), gold_rate, agreement };
}

export function newProjectOf(draft: DraftProject): NewProject {
  return {
    name: draft.name.trim(),
    kind: draft.kind,
    data: dataOf(draft),
    labels: treeOf(draft),
    instructions: { text: draft.instructions, url: draft.url.trim() || null },
    refresh: { enabled: draft.refresh },
    masks: { overlap: draft.overlap && draft.kind === "semantic_segmentation" },
    quality: qualityOf(draft),
    vendor: draft.hasVendor ? { name: draft.vendorName.trim(), admin_email: draft.vendorEmail.trim() || null } : null,
    assist: draft.models ? { enabled: true, target: Number(draft.target) / 100 } : { enabled: false },
    lease_minutes: Number(draft.leaseMinutes),
  };
}

/** What each section of the form is given. */
export interface SectionProps {
  draft: DraftProject;
  change: (part: Partial<DraftProject>) => void;
  errors: DraftErrors;
}
