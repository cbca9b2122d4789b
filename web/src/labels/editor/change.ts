import type { LabelNode } from "../../api/types";
import type { Mode } from "../../keymap/table";
import type { Keyed } from "../hotkeys";
import { keyProblems } from "../ownersKeys";
import { everyOf, type Draft, type DraftLabel } from "./draft";
import { number, t } from "../../words/words";

/** What the API is asked for: the labels that are to be, where answers go, and which labels keep theirs. */
export interface LabelChange {
  readonly labels: LabelNode[];
  readonly moves: Record<string, string>;
  readonly retired: string[];
}

const MAX_LEVELS = 6;
const MAX_NAME = 200;
const MAX_LABELS = 1000;

function written(forest: readonly DraftLabel[]): LabelNode[] {
  return forest.map(({ name, color, description, key, children }) => {
    const says = description?.trim() ?? "";
    return { name: name.trim(), color, description: says === "" ? null : says, key, children: written(children) };
  });
}

/** The path that each label has now, by its id. */
export function pathsOf(forest: readonly DraftLabel[], parent = ""): Map<string, string> {
  return new Map(
    forest.flatMap(({ id, name, children }) => {
      const path = parent + name.trim();
      return [[id, path] as const, ...pathsOf(children, `${path}/`)];
    }),
  );
}

/** What an edited tree asks for. `before` are the labels that are retired already. */
export function changeOf(draft: Draft, before: readonly string[]): LabelChange {
  const paths = pathsOf(draft.roots);
  const offered = new Set(paths.values());
  const stayed = everyOf(draft.roots).flatMap(({ id, was }) => (was === null ? [] : [[was, paths.get(id) ?? was] as const]));
  const left = draft.gone.flatMap(({ was, to }) => (to === null ? [] : [[was, paths.get(to) ?? was] as const]));
  const moves = [...stayed, ...left].filter(([was, path]) => was !== path);
  const retired = draft.gone.flatMap(({ was, to }) => (to === null && !offered.has(was) && !before.includes(was) ? [was] : []));
  return { labels: written(draft.roots), moves: Object.fromEntries(moves), retired };
}

function siblingsProblem(forest: readonly DraftLabel[], found: Map<string, string>): void {
  const seen = new Set<string>();
  for (const { id, name } of forest) {
    const trimmed = name.trim();
    if (trimmed === "") found.set(id, t("It needs a name."));
    else if (trimmed.includes("/")) found.set(id, t("A slash parts levels; nest it instead."));
    else if (trimmed.length > MAX_NAME) found.set(id, t("At most {most} characters.", { most: MAX_NAME }));
    else if (seen.has(trimmed)) found.set(id, t("It is there twice. To make both one, take this one out and move its answers."));
    seen.add(trimmed);
  }
}

export interface Problems {
  /** Of names and places, by the label's id; under "" what is wrong with all of them. */
  readonly names: ReadonlyMap<string, string>;
  /** Of keys, by the label's path. */
  readonly keys: ReadonlyMap<string, string>;
}

/** The labels as they would be, with their keys. */
export function keyedOf({ roots }: Draft): Keyed[] {
  const paths = pathsOf(roots);
  return everyOf(roots).map(({ id, key }) => ({ path: paths.get(id) ?? "", key }));
}

/** What is wrong with the labels of a project whose labeling page is in this mode. */
export function problemsOf(draft: Draft, mode: Mode): Problems {
  const found = new Map<string, string>();
  const walk = (forest: readonly DraftLabel[], level: number) => {
    siblingsProblem(forest, found);
    for (const { id, children } of forest) {
      if (level > MAX_LEVELS) found.set(id, t("It lies deeper than {most} levels.", { most: MAX_LEVELS }));
      walk(children, level + 1);
    }
  };
  walk(draft.roots, 1);
  const count = everyOf(draft.roots).length;
  if (count === 0) found.set("", t("A project needs a label."));
  if (count > MAX_LABELS) found.set("", t("A project has at most {most} labels, not {count}.", { most: number(MAX_LABELS), count: number(count) }));
  return { names: found, keys: keyProblems(keyedOf(draft), mode) };
}
