import { adding } from "../document";
import { isSolid, type Region } from "../regions";
import type { Bench } from "./tool";

type Shape<R> = R extends Region ? Omit<R, "id" | "label"> : never;

/** Puts a new region of the chosen label into the document, unless it has no area. */
export function add(bench: Bench, shape: Shape<Region>): void {
  const { document, label } = bench.read();
  if (label === null) {
    bench.say("Choose a label first.");
    return;
  }
  const region: Region = { ...shape, id: String(document.next), label };
  if (!isSolid(region)) return;
  bench.commit(adding(document, [region]));
  bench.select([region.id], true);
}

/** The one region that shows its handles: selected, and alone. */
export function adjustable(bench: Pick<Bench, "read">): Region | null {
  const { document, selected, hidden } = bench.read();
  if (selected.size !== 1) return null;
  return document.marks.find(({ id }) => selected.has(id) && !hidden.has(id)) ?? null;
}
