import type { LabelNode } from "../../api/types";
import { paletteColor } from "../palette";

/** A label that is being edited. Its id stays whatever it is called and wherever it goes. */
export interface DraftLabel {
  readonly id: string;
  /** The path it has in the project; null if it is new. */
  readonly was: string | null;
  readonly name: string;
  readonly color: string | null;
  readonly description: string | null;
  readonly key: string | null;
  readonly children: readonly DraftLabel[];
}

/** What becomes of the answers of a label that was taken out: another label has them, or (null) they keep it. */
export interface Gone {
  readonly was: string;
  readonly to: string | null;
}

/** The labels as somebody is editing them. */
export interface Draft {
  readonly roots: readonly DraftLabel[];
  readonly gone: readonly Gone[];
}

type Forest = readonly DraftLabel[];

let made = 0;
const newId = () => `label-${++made}`;

/** The colour that a label keeps wherever it goes: at the top its place gives it one. */
export function ownColor({ color = null }: LabelNode, index: number, parent: string): string | null {
  return color ?? (parent === "" ? paletteColor(index) : null);
}

function read(nodes: readonly LabelNode[], parent: string): DraftLabel[] {
  return nodes.map((node, index) => {
    const was = parent + node.name;
    return { id: newId(), was, name: node.name, color: ownColor(node, index, parent), description: node.description ?? null, key: node.key ?? null, children: read(node.children ?? [], `${was}/`) };
  });
}

/** The project's labels, ready to be edited. Those that are retired already can be moved or offered again. */
export function draftOf(tree: readonly LabelNode[], retired: readonly string[]): Draft {
  return { roots: read(tree, ""), gone: retired.map((was) => ({ was, to: null })) };
}

export function find(forest: Forest, id: string): DraftLabel | null {
  for (const label of forest) {
    const found = label.id === id ? label : find(label.children, id);
    if (found !== null) return found;
  }
  return null;
}

/** Every label below these, and these, parents first. */
export function everyOf(forest: Forest): DraftLabel[] {
  return forest.flatMap((label) => [label, ...everyOf(label.children)]);
}

/** Where a label is: its parents from the top, its siblings with it, and its place among them. */
export interface Place {
  readonly parents: readonly DraftLabel[];
  readonly siblings: Forest;
  readonly index: number;
}

export function placeOf(forest: Forest, id: string, parents: readonly DraftLabel[] = []): Place | null {
  const index = forest.findIndex((label) => label.id === id);
  if (index !== -1) return { parents, siblings: forest, index };
  for (const label of forest) {
    const found = placeOf(label.children, id, [...parents, label]);
    if (found !== null) return found;
  }
  return null;
}

/** The labels with another list below this parent; null is the top. */
function within(forest: Forest, parent: string | null, change: (children: Forest) => Forest): Forest {
  if (parent === null) return change(forest);
  return forest.map((label) => ({ ...label, children: label.id === parent ? change(label.children) : within(label.children, parent, change) }));
}

const without = (forest: Forest, id: string): Forest => forest.filter((label) => label.id !== id).map((label) => ({ ...label, children: without(label.children, id) }));

const inserted = (forest: Forest, index: number, labels: Forest): Forest => [...forest.slice(0, index), ...labels, ...forest.slice(index)];

export type Edit = Partial<Pick<DraftLabel, "name" | "color" | "description" | "key">>;

export function edited(draft: Draft, id: string, edit: Edit): Draft {
  const change = (forest: Forest): Forest => forest.map((label) => (label.id === id ? { ...label, ...edit } : { ...label, children: change(label.children) }));
  return { ...draft, roots: change(draft.roots) };
}

/** With a new label at the end of this parent's; null is the top. */
export function added(draft: Draft, parent: string | null, name: string, was: string | null = null): { draft: Draft; id: string } {
  const color = parent === null ? paletteColor(draft.roots.length) : null;
  const label: DraftLabel = { id: newId(), was, name, color, description: null, key: null, children: [] };
  return { draft: { ...draft, roots: within(draft.roots, parent, (children) => [...children, label]) }, id: label.id };
}

/** With the label, and what is below it, at this place among the parent's children without it. */
export function moved(draft: Draft, id: string, parent: string | null, index: number): Draft {
  const label = find(draft.roots, id);
  if (label === null || (parent !== null && find([label], parent) !== null)) return draft;
  return { ...draft, roots: within(without(draft.roots, id), parent, (children) => inserted(children, index, [label])) };
}

export type Step = "up" | "down" | "in" | "out";

/** One step among its siblings, in under the one above it, or out behind its parent. */
export function stepped(draft: Draft, id: string, step: Step): Draft {
  const place = placeOf(draft.roots, id);
  if (place === null) return draft;
  const { parents, siblings, index } = place;
  const parent = parents.at(-1)?.id ?? null;
  if (step === "up") return index === 0 ? draft : moved(draft, id, parent, index - 1);
  if (step === "down") return index === siblings.length - 1 ? draft : moved(draft, id, parent, index + 1);
  if (step === "in") {
    const above = siblings[index - 1];
    return above === undefined ? draft : moved(draft, id, above.id, above.children.length);
  }
  if (parent === null) return draft;
  const behind = placeOf(draft.roots, parent);
  return behind === null ? draft : moved(draft, id, parents.at(-2)?.id ?? null, behind.index + 1);
}

export type Where = "before" | "after" | "inside";

/** The label where it was let go of another one; nowhere if that is below it. */
export function dropped(draft: Draft, id: string, target: string, where: Where): Draft {
  const place = placeOf(without(draft.roots, id), target);
  const label = find(draft.roots, target);
  if (place === null || label === null) return draft;
  if (where === "inside") return moved(draft, id, target, label.children.length);
  return moved(draft, id, place.parents.at(-1)?.id ?? null, place.index + (where === "after" ? 1 : 0));
}

/** Takes a label out: its answers and what is below it go to another label, or (null) are kept as they are. */
export function takenOut(draft: Draft, id: string, to: string | null): Draft {
  const label = find(draft.roots, id);
  if (label === null) return draft;
  if (to !== null && find([label], to) !== null) return draft;
  return to === null ? retired(draft, label) : merged(draft, label, to);
}

function retired(draft: Draft, label: DraftLabel): Draft {
  const all = everyOf([label]);
  const ids = new Set(all.map(({ id }) => id));
  const followers = draft.gone.map((gone) => (gone.to !== null && ids.has(gone.to) ? { ...gone, to: null } : gone));
  const gone = all.flatMap(({ was }) => (was === null ? [] : [{ was, to: null }]));
  return { roots: without(draft.roots, label.id), gone: [...followers, ...gone] };
}

function merged(draft: Draft, label: DraftLabel, to: string): Draft {
  const followers = draft.gone.map((gone) => (gone.to === label.id ? { ...gone, to } : gone));
  const gone = label.was === null ? followers : [...followers, { was: label.was, to }];
  const start: Draft = { roots: without(draft.roots, label.id), gone };
  return label.children.reduce((before, child) => movedUnder(before, child, to), start);
}

/** A label without a place goes below another: into the one of its name there, if there is one. */
function movedUnder(draft: Draft, label: DraftLabel, parent: string): Draft {
  const twin = find(draft.roots, parent)?.children.find(({ name }) => name.trim() === label.name.trim());
  const put: Draft = { ...draft, roots: within(draft.roots, parent, (children) => [...children, label]) };
  return twin === undefined ? put : merged(put, label, twin.id);
}

/** What becomes of a label's answers that is out already. */
export function rerouted(draft: Draft, was: string, to: string | null): Draft {
  return { ...draft, gone: draft.gone.map((gone) => (gone.was === was ? { was, to } : gone)) };
}

/** A label that is out is offered again, at the end of the top. */
export function offeredAgain(draft: Draft, was: string): Draft {
  const gone = draft.gone.filter((one) => one.was !== was);
  const names = was.split("/");
  let found: Draft = { ...draft, gone };
  let parent: string | null = null;
  for (const [depth, name] of names.entries()) {
    const siblings: Forest = parent === null ? found.roots : (find(found.roots, parent)?.children ?? []);
    const there = siblings.find((label) => label.name === name);
    const last = depth === names.length - 1;
    if (there !== undefined && !last) parent = there.id;
    else {
      const next: { draft: Draft; id: string } = added(found, parent, name, last ? was : null);
      found = next.draft;
      parent = next.id;
    }
  }
  return found;
}

/** With these labels too; those that are there already stay as they are. */
export function withTree(draft: Draft, tree: readonly LabelNode[], parent: string | null = null): Draft {
  return tree.reduce((before, node) => {
    const siblings: Forest = parent === null ? before.roots : (find(before.roots, parent)?.children ?? []);
    const there = siblings.find(({ name }) => name.trim() === node.name);
    const next = there === undefined ? added(before, parent, node.name) : { draft: before, id: there.id };
    return withTree(next.draft, node.children ?? [], next.id);
  }, draft);
}
