import type { LabelNode } from "../../api/types";
import { flatten } from "../tree";
import type { LabelChange } from "./change";
import { everyOf, ownColor, type Draft, type DraftLabel } from "./draft";
import { n, t } from "../../words/words";

export type RelabelMode = "continue" | "restart" | "restart_keep";

/** One thing that a change does, in words. `few` is what it does to items. */
export interface Line {
  readonly what: string;
  readonly few: string;
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** Whether a label only goes along with its parent. */
function follows(moves: Readonly<Record<string, string>>, was: string, to: string): boolean {
  return was.includes("/") && moves[parentOf(was)] === parentOf(to) && nameOf(was) === nameOf(to);
}

interface Facts {
  readonly before: readonly LabelNode[];
  readonly draft: Draft;
  readonly change: LabelChange;
  /** How many items bear a label, by the path it had. */
  readonly counts: ReadonlyMap<string, number>;
  /** The word for an item. */
  readonly item: string;
}

function moveLines({ draft, change: { moves }, counts, item }: Facts): Line[] {
  const merged = new Set(draft.gone.flatMap(({ was, to }) => (to === null ? [] : [was])));
  return Object.entries(moves)
    .filter(([was, to]) => merged.has(was) || !follows(moves, was, to))
    .map(([was, to]) => {
      const below = Object.entries(moves).filter(([other, there]) => other.startsWith(`${was}/`) && !merged.has(other) && there.startsWith(`${to}/`)).length;
      const along = below === 0 ? "" : t(", with {below} below it", { below: n(below, "{n} label", "{n} labels") });
      return { what: `${was} → ${to}${merged.has(was) ? ` ${t("(made one)")}` : ""}${along}`, few: n(counts.get(was) ?? 0, "{n} {item}", "{n} {item}s", { item }) };
    });
}

interface Look {
  color: string | null;
  description: string | null;
  key: string | null;
}

function changedLooks({ before, draft }: Facts): { colours: number; descriptions: number; keys: number; order: boolean } {
  const looks = new Map<string, Look>();
  const order: string[] = [];
  const walk = (nodes: readonly LabelNode[], parent: string) => {
    for (const [index, node] of nodes.entries()) {
      const path = parent + node.name;
      looks.set(path, { color: ownColor(node, index, parent), description: node.description ?? null, key: node.key ?? null });
      order.push(path);
      walk(node.children ?? [], `${path}/`);
    }
  };
  walk(before, "");
  const kept = everyOf(draft.roots).filter((label): label is DraftLabel & { was: string } => label.was !== null && looks.has(label.was));
  const now = new Set(kept.map(({ was }) => was));
  const differs = (pick: (look: Look) => string | null) => kept.filter((label) => (pick(label) ?? "").trim() !== (pick(looks.get(label.was) ?? label) ?? "").trim()).length;
  return {
    colours: differs(({ color }) => color),
    descriptions: differs(({ description }) => description),
    keys: differs(({ key }) => key),
    order: kept.map(({ was }) => was).join("\n") !== order.filter((path) => now.has(path)).join("\n"),
  };
}

function kept(count: number, item: string): string {
  return count === 0 ? t("no {item} has it", { item }) : n(count, "{n} {item} keeps it", "{n} {item}s keep it", { item });
}

/** What a change of the labels does, one line for each thing; empty if it changes nothing. */
export function linesOf(facts: Facts): Line[] {
  const { before, change, counts, item } = facts;
  const had = new Set(flatten(before).map(({ path }) => path));
  const targets = new Set(Object.values(change.moves));
  const fresh = flatten(change.labels).filter(({ path }) => !had.has(path) && !targets.has(path));
  const { colours, descriptions, keys, order } = changedLooks(facts);
  return [
    ...moveLines(facts),
    ...change.retired.map((was) => ({ what: t("{was} is offered no more", { was }), few: kept(counts.get(was) ?? 0, item) })),
    ...fresh.map(({ path }) => ({ what: t("{path} is new", { path }), few: "" })),
    ...(colours > 0 ? [{ what: t("{colours} in another colour", { colours: n(colours, "{n} label", "{n} labels") }), few: "" }] : []),
    ...(descriptions > 0 ? [{ what: t("{descriptions} changed", { descriptions: n(descriptions, "{n} description", "{n} descriptions") }), few: "" }] : []),
    ...(keys > 0 ? [{ what: t("{keys} changed", { keys: n(keys, "{n} key", "{n} keys") }), few: "" }] : []),
    ...(order ? [{ what: t("Another order, and so other keys"), few: "" }] : []),
  ];
}

/** What a mode does to everything that is answered. */
export function modeSays(mode: RelabelMode, answered: number, item: string): string {
  if (mode === "continue") return n(answered, "{n} answered {item} stays answered; {item}s still to come are labeled with the new labels.", "{n} answered {item}s stay answered; {item}s still to come are labeled with the new labels.", { item });
  const back = n(answered, "{n} answered {item} goes back into the queue and is labeled again.", "{n} answered {item}s go back into the queue and are labeled again.", { item });
  return mode === "restart" ? `${back} ${t("Old answers stay in the history.")}` : `${back} ${t("Labelers see the old answer, and keep or change it.")}`;
}
