import { lazy, Suspense } from "react";
import { messageOf } from "../api/problem";
import type { Answer, Item } from "../api/types";
import { AnsweredText } from "../answers/AnsweredText";
import { useItemImage } from "../items/queries";
import { useReview } from "./context";
import { t } from "../words/words";

const AnsweredImage = lazy(() => import("../answers/AnsweredImage"));

/** An answer laid over an item, in its labels' colours or all in one. */
export interface Layer {
  readonly key: string;
  readonly answer: Answer;
  readonly color: string | null;
  /** Drawn in dashes, so that it can be told from another one. */
  readonly dashed?: boolean;
}

function labelsOf(answer: Answer): readonly string[] {
  if ("labels" in answer) return answer.labels;
  const marks = "boxes" in answer ? answer.boxes : "polygons" in answer ? answer.polygons : "masks" in answer ? answer.masks : answer.spans;
  return marks.map(({ label }) => label);
}

const colorsOf = ({ answer, color }: Layer, colors: ReadonlyMap<string, string>) => (color === null ? colors : new Map(labelsOf(answer).map((label) => [label, color])));

function Image({ item, layers }: { item: Item; layers: readonly Layer[] }) {
  const { project, colors } = useReview();
  const image = useItemImage(project.id, item.id, item.defect === null);
  const reason = item.defect ?? (image.error === null ? null : messageOf(image.error));
  if (reason !== null) return <p className="banner bad">{reason}</p>;
  const width = item.width ?? image.data?.width ?? null;
  const height = item.height ?? image.data?.height ?? null;
  const url = image.data?.url ?? item.url;
  return (
    <>
      <div className="item-picture">
        {url !== null && <img src={url} alt={item.path} />}
        <Suspense>
          {layers.map((layer) => (
            <div key={layer.key} className={layer.dashed === true ? "layer dashed" : "layer"}>
              <AnsweredImage answer={layer.answer} size={width === null || height === null ? null : { width, height }} colors={colorsOf(layer, colors)} />
            </div>
          ))}
        </Suspense>
      </div>
      {image.data?.note != null && <p className="muted small">{image.data.note}</p>}
    </>
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
