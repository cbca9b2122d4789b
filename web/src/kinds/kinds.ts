import type { KindId } from "../api/types";

/** What sort of answer a project wants. The pages ask this table, so a new kind is a new row. */
export interface Kind {
  readonly id: KindId;
  readonly title: string;
  readonly says: string;
  /** Whether one item takes exactly one label or any number of them. */
  readonly choice: "one" | "many";
}

export const KINDS: readonly Kind[] = [
  { id: "image_multiclass", title: "One label per image", says: "Each image is exactly one thing: cat or dog.", choice: "one" },
  { id: "image_multilabel", title: "Several labels per image", says: "Each image shows any of them: cat, dog, grass.", choice: "many" },
];

export function kindOf(id: KindId): Kind {
  return KINDS.find((kind) => kind.id === id) ?? { id, title: id.replaceAll("_", " "), says: "", choice: "one" };
}
