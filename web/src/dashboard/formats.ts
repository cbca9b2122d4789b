import type { ExportFormat, ImportFormat } from "../api/types";
import type { Kind } from "../kinds/kinds";
import { t } from "../words/words";

/** What people call the formats. */
export const FORMAT_TITLES: Readonly<Record<ExportFormat | ImportFormat, string>> = {
  coco: "COCO",
  jsonl: t("JSON lines (Azure ML)"),
  mltable: t("MLTable (Azure ML)"),
  csv: "CSV",
  conll: "CoNLL",
  masks: t("Masks (PNG)"),
  yolo: "YOLO",
  voc: "Pascal VOC",
  manifest: t("Ground Truth manifest"),
  labelstudio: "Label Studio",
  votes: t("All votes (JSON lines)"),
};

const OF_IMAGES: readonly ImportFormat[] = ["coco", "voc", "yolo"];
const OF_ANYTHING: readonly ImportFormat[] = ["jsonl", "mltable", "csv", "manifest", "labelstudio"];

/** The formats that may hold answers of a kind; what does not fit in a file is refused record by record. */
export function importFormats({ item }: Kind): readonly ImportFormat[] {
  return item === "image" ? [...OF_IMAGES, ...OF_ANYTHING] : OF_ANYTHING;
}

/** Whether a file of this format says coordinates in one way or the other. */
export function hasCoordinates(format: ExportFormat, { marks }: Kind): boolean {
  return (marks === "boxes" || marks === "polygons") && ["coco", "jsonl", "mltable", "csv"].includes(format);
}
