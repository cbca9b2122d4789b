import type { Kind } from "../../kinds/kinds";
import type { DataType } from "./draft";
import { t } from "../../words/words";

/** Which files are worth uploading for a project, and what they are called. */
export interface Accepts {
  readonly test: (name: string) => boolean;
  /** For the browser's file dialog. */
  readonly accept: string;
  /** The word for one. */
  readonly one: string;
  /** Why another file is left out. */
  readonly not: string;
}

const named = (pattern: RegExp) => (name: string) => pattern.test(name);

const IMAGES: Accepts = { test: named(/\.(jpe?g|jpe|jfif|png|bmp|tiff?|dcm|dicom)$/i), accept: "image/*,.dcm,.dicom", one: "image", not: t("not images") };
const TEXTS: Accepts = { test: named(/\.txt$/i), accept: ".txt,text/plain", one: "text", not: t("not .txt") };
const TABLES: Accepts = { test: named(/\.(csv|tsv)$/i), accept: ".csv,.tsv,text/csv,text/tab-separated-values", one: "table", not: t("neither .csv nor .tsv") };
const ANYTHING: Accepts = { test: () => true, accept: "", one: "file", not: "" };

export function acceptsFor(kind: Kind, type: DataType): Accepts {
  if (type === "mltable") return ANYTHING;
  if (type === "tabular") return TABLES;
  return kind.item === "text" ? TEXTS : IMAGES;
}
