import type { LabelNode } from "../api/types";
import { paletteColor, shade } from "./palette";

/** A label as the labeler chooses it: named by its path. */
export interface Label {
  readonly path: string;
  readonly name: string;
  readonly parents: string;
  readonly color: string;
  readonly depth: number;
  readonly key: string | null;
}

/** A label with a colour of its own, and how many below it have got a shade of it. */
interface Family {
  readonly color: string;
  shades: number;
}

function walk(nodes: readonly LabelNode[], parents: string, depth: number, above: Family | null): Label[] {
  return nodes.flatMap((node, index) => {
    const path = parents === "" ? node.name : `${parents}/${node.name}`;
    const shaded = node.color == null && above !== null;
    const color = shaded ? shade(above.color, ++above.shades) : (node.color ?? paletteColor(index));
    const family = shaded ? above : { color, shades: 0 };
    return [{ path, name: node.name, parents, color, depth, key: node.key ?? null }, ...walk(node.children ?? [], path, depth + 1, family)];
  });
}

/** Every label of the tree, parents before children: any level can be chosen. */
export function flatten(tree: readonly LabelNode[]): Label[] {
  return walk(tree, "", 0, null);
}

/** How a tile names a label: its own name, with the parents when another label has the same name. */
export function shortName(label: Label, all: readonly Label[]): string {
  const unique = all.every((other) => other === label || other.name !== label.name);
  return unique ? label.name : label.path;
}
