import type { LabelNode } from "../api/types";
import { t } from "../words/words";

export interface ParsedLabels {
  tree: LabelNode[];
  count: number;
  problems: string[];
}

const MAX_LEVELS = 6;

interface Entry {
  depth: number;
  names: string[];
}

/** One label per line unless a single line holds several, parted by comma, tab or semicolon. */
function entriesOf(text: string): Entry[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const nested = lines.some((line) => /^\s/.test(line)) && lines.length > 1;
  return lines.flatMap((line) => {
    const indent = nested ? /^\s*/.exec(line)?.[0].replaceAll("\t", "    ").length ?? 0 : 0;
    const delimiter = [",", ";", "\t"].find((candidate) => line.trim().includes(candidate));
    const cells = delimiter === undefined ? [line] : line.trim().split(delimiter);
    return cells
      .map((cell) => cell.split("/").map((name) => name.trim()).filter((name) => name !== ""))
      .filter((names) => names.length > 0)
      .map((names) => ({ depth: indent, names }));
  });
}

class Tree {
  readonly roots: LabelNode[] = [];
  readonly problems: string[] = [];
  count = 0;

  add(parents: LabelNode[], names: readonly string[]): LabelNode[] {
    let path = parents;
    for (const [index, name] of names.entries()) {
      path = [...path, this.child(path, name, index === names.length - 1)];
    }
    if (path.length > MAX_LEVELS) this.problems.push(t("\"{names}\" lies deeper than {most} levels.", { names: names.join("/"), most: MAX_LEVELS }));
    return path;
  }

  private child(path: readonly LabelNode[], name: string, last: boolean): LabelNode {
    const siblings = path.at(-1)?.children ?? this.roots;
    const same = siblings.find((node) => node.name === name);
    if (same !== undefined) {
      if (last) this.problems.push(t("\"{list}\" appears twice.", { list: [...path.map((parent) => parent.name), name].join("/") }));
      return same;
    }
    const node: LabelNode = { name, color: null, children: [] };
    siblings.push(node);
    this.count += 1;
    return node;
  }
}

/** Reads labels as people write or paste them: lines, indented trees, paths, delimited lists. */
export function parseLabels(text: string): ParsedLabels {
  const tree = new Tree();
  const open: { depth: number; path: LabelNode[] }[] = [];
  for (const { depth, names } of entriesOf(text)) {
    while ((open.at(-1)?.depth ?? -1) >= depth) open.pop();
    open.push({ depth, path: tree.add(open.at(-1)?.path ?? [], names) });
  }
  return { tree: tree.roots, count: tree.count, problems: tree.problems };
}
