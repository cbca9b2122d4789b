import type { Answer } from "../api/types";
import type { BoxRegion, MaskRegion, PolygonRegion, Region } from "../canvas/regions";
import type { Ring } from "../canvas/points";
import { partOf, type Said } from "./suggestions";

const ringOf = (flat: readonly number[]): Ring => Array.from({ length: Math.floor(flat.length / 2) }, (_, index) => ({ x: flat[2 * index] ?? 0, y: flat[2 * index + 1] ?? 0 }));
const flatOf = (ring: Ring): number[] => ring.flatMap(({ x, y }) => [x, y]);

/** The regions of an answer as the canvas has them, numbered from 1; `said`: of a prelabel, what it says of itself. */
export function regionsOf(answer: Answer | null | undefined, said: Said | null = null): Region[] {
  const named = (label: string, index: number) => ({ id: String(index + 1), label, ...(said === null ? {} : { suggested: partOf(said, index) }) });
  if (!answer) return [];
  if ("boxes" in answer) return answer.boxes.map(({ label, x, y, width, height }, index) => ({ shape: "box", ...named(label, index), x, y, width, height }));
  if ("polygons" in answer) {
    return answer.polygons.map(({ label, parts, holes }, index) => ({ shape: "polygon", ...named(label, index), parts: parts.map(ringOf), holes: (holes ?? []).map(ringOf) }));
  }
  if ("masks" in answer) {
    return answer.masks.map(({ label, rle: { size, counts } }, index) => ({ shape: "mask", ...named(label, index), rle: { size: [size[0], size[1]], counts } }));
  }
  return [];
}

const boxOf = ({ label, x, y, width, height }: BoxRegion) => ({ label, x, y, width, height });
const polygonOf = ({ label, parts, holes }: PolygonRegion) => ({ label, parts: parts.map(flatOf), holes: holes.map(flatOf) });
const maskOf = ({ label, rle }: MaskRegion) => ({ label, rle: { size: [rle.size[0], rle.size[1]] as [number, number], counts: rle.counts } });

/** The regions in the API's form. */
export function regionAnswer(marks: "boxes" | "polygons" | "masks", regions: readonly Region[]): Answer {
  if (marks === "boxes") return { boxes: regions.filter((region) => region.shape === "box").map(boxOf) };
  if (marks === "polygons") return { polygons: regions.filter((region) => region.shape === "polygon").map(polygonOf) };
  return { masks: regions.filter((region) => region.shape === "mask").map(maskOf) };
}
