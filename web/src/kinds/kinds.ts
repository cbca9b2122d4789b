import type { KindId } from "../api/types";

/** What sort of answer a project wants. The pages ask this table, so a new kind is a new row. */
export interface Kind {
  readonly id: KindId;
  readonly title: string;
  readonly says: string;
  /** What is labeled: the word for one of them. */
  readonly item: "image" | "text";
  /** Whether one item takes exactly one label or any number of them. */
  readonly choice: "one" | "many";
  /** What is marked in an item, or null where labels belong to the whole item. */
  readonly marks: "boxes" | "polygons" | "masks" | "spans" | null;
}

export const KINDS: readonly Kind[] = [
  { id: "image_multiclass", title: "One label per image", says: "Each image is exactly one thing: cat or dog.", item: "image", choice: "one", marks: null },
  { id: "image_multilabel", title: "Several labels per image", says: "Each image shows any of them: cat, dog, grass.", item: "image", choice: "many", marks: null },
  { id: "object_detection", title: "Boxes in images", says: "A box around each thing: every cell in a blood smear.", item: "image", choice: "many", marks: "boxes" },
  { id: "instance_segmentation", title: "Polygons in images", says: "The outline of each thing, with parts and holes.", item: "image", choice: "many", marks: "polygons" },
  { id: "semantic_segmentation", title: "Masks on images", says: "Every pixel painted with its label: road, sky, car.", item: "image", choice: "many", marks: "masks" },
  { id: "text_multiclass", title: "One label per text", says: "Each text is exactly one thing: sport or business.", item: "text", choice: "one", marks: null },
  { id: "text_multilabel", title: "Several labels per text", says: "Each text is about any of them: price, delivery.", item: "text", choice: "many", marks: null },
  { id: "text_ner", title: "Entities in texts", says: "Names, places and amounts, marked word by word.", item: "text", choice: "many", marks: "spans" },
];

export function kindOf(id: KindId): Kind {
  return KINDS.find((kind) => kind.id === id) ?? { id, title: id.replaceAll("_", " "), says: "", item: "image", choice: "one", marks: null };
}
