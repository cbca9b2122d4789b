import type { Kind } from "../../kinds/kinds";
import type { DataType } from "./draft";
import { n, t } from "../../words/words";

/** Which files are worth uploading for a project, and what they are called. */
export interface Accepts {
  readonly test: (name: string) => boolean;
  /** For the browser's file dialog. */
  readonly accept: string;
  /** How many of them. */
  readonly count: (files: number) => string;
  readonly choose: string;
  readonly drop: string;
  /** Why another file is left out. */
  readonly not: string;
}

const named = (pattern: RegExp) => (name: string) => pattern.test(name);

const IMAGES: Accepts = { test: named(/\.(jpe?g|jpe|jfif|png|bmp|tiff?|dcm|dicom)$/i), accept: "image/*,.dcm,.dicom", count: (files) => n(files, "{n} {item}", "{n} {item}s", { item: "image" }), choose: t("Choose images"), drop: t("Drop images or a folder here, or"), not: t("not images") };
const TEXTS: Accepts = { test: named(/\.txt$/i), accept: ".txt,text/plain", count: (files) => n(files, "{n} {item}", "{n} {item}s", { item: "text" }), choose: t("Choose texts"), drop: t("Drop texts or a folder here, or"), not: t("not .txt") };
const TABLES: Accepts = { test: named(/\.(csv|tsv)$/i), accept: ".csv,.tsv,text/csv,text/tab-separated-values", count: (files) => n(files, "{n} table", "{n} tables"), choose: t("Choose tables"), drop: t("Drop tables or a folder here, or"), not: t("neither .csv nor .tsv") };
const ANYTHING: Accepts = { test: () => true, accept: "", count: (files) => n(files, "{n} file", "{n} files"), choose: t("Choose files"), drop: t("Drop files or a folder here, or"), not: "" };

export function acceptsFor(kind: Kind, type: DataType): Accepts {
  if (type === "mltable") return ANYTHING;
  if (type === "tabular") return TABLES;
  return kind.item === "text" ? TEXTS : IMAGES;
}
