import { adding, replacing } from "../document";
import { holdsHoles, isSolid, type Region } from "../regions";
import { confirmed } from "../suggestion";
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

/** Puts a region in its new shape into the document, unless nothing or something impossible is left of it. */
export function reshape(bench: Bench, region: Region): void {
  const { document } = bench.read();
  const before = document.marks.find(({ id }) => id === region.id);
  if (before === undefined || !isSolid(region)) return;
  if (holdsHoles(before) && !holdsHoles(region)) bench.say("What is cut out must stay inside of the polygon.");
  else bench.commit(replacing<Region>(document, [confirmed(region)]));
}
