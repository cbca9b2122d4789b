import type { Label } from "../labels/tree";

/** The labels to be seen: those below a branch that was folded are not. */
export function unfolded(labels: readonly Label[], folded: ReadonlySet<string>): readonly Label[] {
  if (folded.size === 0) return labels;
  const hides = ({ path }: Label) => [...folded].some((branch) => path.startsWith(`${branch}/`));
  return labels.filter((label) => !hides(label));
}

/** The paths of labels that have labels below them. */
export function branchesOf(labels: readonly Label[]): ReadonlySet<string> {
  return new Set(labels.map(({ parents }) => parents).filter((path) => path !== ""));
}

/** What is folded after a key on a label, as in any tree: left folds it, or the branch it is in; right unfolds it. */
export function foldedBy(key: string, { path, parents }: Label, branches: ReadonlySet<string>, folded: ReadonlySet<string>): ReadonlySet<string> | null {
  if (key === "ArrowRight" && folded.has(path)) return new Set([...folded].filter((one) => one !== path));
  if (key !== "ArrowLeft") return null;
  const branch = branches.has(path) && !folded.has(path) ? path : parents;
  return branch === "" ? null : new Set([...folded, branch]);
}

const keyOf = (project: string) => `tagwerk.folded.${project}`;

/** What somebody has folded in this project, in this browser. */
export function storedFolds(project: string): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(project)) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.map(String) : []);
  } catch {
    return new Set();
  }
}

export function storeFolds(project: string, folded: ReadonlySet<string>): void {
  if (folded.size === 0) localStorage.removeItem(keyOf(project));
  else localStorage.setItem(keyOf(project), JSON.stringify([...folded]));
}
