import { lazy, Suspense } from "react";
import { messageOf } from "../api/problem";
import type { Answer, Item } from "../api/types";
import { AnsweredText } from "../answers/AnsweredText";
import { useItemImage } from "../items/queries";
import { useReview } from "./context";
import { t } from "../words/words";
import type { Layer } from "./viewedRegions";

const ImageView = lazy(() => import("./ImageView"));

function labelsOf(answer: Answer): readonly string[] {
  if ("labels" in answer) return answer.labels;
  const marks = "boxes" in answer ? answer.boxes : "polygons" in answer ? answer.polygons : "masks" in answer ? answer.masks : answer.spans;
  return marks.map(({ label }) => label);
}

const colorsOf = ({ answer, color }: Layer, colors: ReadonlyMap<string, string>) => (color === null ? colors : new Map(labelsOf(answer).map((label) => [label, color])));

/** What a file of several pages does not show; a DICOM file's frames can be stepped through. */
const noteOf = (item: Item, note: string | null | undefined) => (/\.(dcm|dicom)$/i.test(item.path) ? null : (note ?? null));

function Image({ item, layers }: { item: Item; layers: readonly Layer[] }) {
  const { project } = useReview();
  const image = useItemImage(project.id, item.id, item.defect === null);
  const reason = item.defect ?? (image.error === null ? null : messageOf(image.error));
  if (reason !== null) return <p className="banner bad">{reason}</p>;
  const width = item.width ?? image.data?.width ?? null;
  const height = item.height ?? image.data?.height ?? null;
  return (
    <Suspense fallback={<div className="item-picture" />}>
      <ImageView item={item} url={image.isPending ? null : (image.data?.url ?? item.url)} size={width === null || height === null ? null : { width, height }} note={noteOf(item, image.data?.note)} layers={layers} />
    </Suspense>
  );
}

/** An item as large as there is room, with answers over it. Of a text, the first one's entities. */
export function Picture({ item, layers }: { item: Item; layers: readonly Layer[] }) {
  const { colors } = useReview();
  const [first] = layers;
  if (item.text === null) return <Image item={item} layers={layers.filter(({ answer }) => !("labels" in answer))} />;
  return (
    <div className="item-words" tabIndex={0} role="group" aria-label={t("Text")}>
      <AnsweredText text={item.text} columns={item.columns} answer={first?.answer ?? null} colors={first === undefined ? colors : colorsOf(first, colors)} size={15} />
    </div>
  );
}
