import { regionsOf } from "../answers/regions";
import type { Answer } from "../api/types";
import { documentOf, type Document } from "../canvas/document";
import type { Region } from "../canvas/regions";

/** An answer laid over an item, in its labels' colours or all in one. */
export interface Layer {
  readonly key: string;
  readonly answer: Answer;
  readonly color: string | null;
  /** Drawn in dashes, so that it can be told from another one. */
  readonly dashed?: boolean;
}

/** How the regions of one label in one layer look. */
interface Face {
  readonly name: string;
  readonly color: string;
}

/** Several answers as one document: each label of each layer has a name of its own in it, and a face under that name. */
export interface ViewedRegions {
  readonly document: Document<Region>;
  readonly faces: ReadonlyMap<string, Face>;
}

const SUGGESTED = { confidence: null, confidences: null, trusted: null, unsure: [] };
const NO_COLOR = "#ffffff";

export function viewedRegions(layers: readonly Layer[], colors: ReadonlyMap<string, string>): ViewedRegions {
  const faces = new Map<string, Face>();
  const marks = layers.flatMap(({ key, answer, color, dashed }) =>
    regionsOf(answer, dashed === true ? SUGGESTED : null).map((region) => {
      const label = `${key} ${region.label}`;
      faces.set(label, { name: region.label, color: color ?? colors.get(region.label) ?? NO_COLOR });
      return { ...region, id: `${key} ${region.id}`, label };
    }),
  );
  return { document: documentOf<Region>(marks), faces };
}

/** Whether these layers look like those. */
export function sameLayers(some: readonly Layer[], others: readonly Layer[]): boolean {
  return some.length === others.length && some.every((one, index) => {
    const other = others[index];
    return one.key === other?.key && one.answer === other.answer && one.color === other.color && one.dashed === other.dashed;
  });
}
