import type { KindId } from "../api/types";
import { t } from "../words/words";

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
  { id: "image_multiclass", title: t("One label per image"), says: t("Each image is exactly one thing: cat or dog."), item: "image", choice: "one", marks: null },
  { id: "image_multilabel", title: t("Several labels per image"), says: t("Each image shows any of them: cat, dog, grass."), item: "image", choice: "many", marks: null },
  { id: "object_detection", title: t("Boxes in images"), says: t("A box around each thing: every cell in a blood smear."), item: "image", choice: "many", marks: "boxes" },
  { id: "instance_segmentation", title: t("Polygons in images"), says: t("The outline of each thing, with parts and holes."), item: "image", choice: "many", marks: "polygons" },
  { id: "semantic_segmentation", title: t("Masks on images"), says: t("Every pixel painted with its label: road, sky, car."), item: "image", choice: "many", marks: "masks" },
  { id: "text_multiclass", title: t("One label per text"), says: t("Each text is exactly one thing: sport or business."), item: "text", choice: "one", marks: null },
  { id: "text_multilabel", title: t("Several labels per text"), says: t("Each text is about any of them: price, delivery."), item: "text", choice: "many", marks: null },
  { id: "text_ner", title: t("Entities in texts"), says: t("Names, places and amounts, marked word by word."), item: "text", choice: "many", marks: "spans" },
];

export function kindOf(id: KindId): Kind {
  return KINDS.find((kind) => kind.id === id) ?? { id, title: id.replaceAll("_", " "), says: "", item: "image", choice: "one", marks: null };
}
