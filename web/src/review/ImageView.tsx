import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Item } from "../api/types";
import { api } from "../auth/session";
import { percent } from "../answers/suggestions";
import { DicomControls } from "../dicom/DicomControls";
import { isDicom } from "../dicom/picture";
import { KeyButton, KeyTool } from "../keymap/Key";
import { imageServerOf } from "../label/imageServer";
import { useStore } from "../ui/store";
import { t } from "../words/words";
import { useReview } from "./context";
import { ImageViewer } from "./imageViewer";
import { pictureCommand } from "./pictureKeys";
import { isTaken } from "./useReviewKeys";
import type { Layer } from "./viewedRegions";

interface ImageViewProps {
  item: Item;
  /** Where the image can be read; null while that is not known. */
  url: string | null;
  size: { width: number; height: number } | null;
  note: string | null;
  layers: readonly Layer[];
}


/** Keys about the picture, while no correction lies over it. */
function usePictureKeys(viewer: ImageViewer | null): void {
  const { session } = useReview();
  useEffect(() => {
    if (viewer === null) return;
    const onKey = (event: KeyboardEvent) => {
      const { view, ask, keys } = session.state.get();
      if (event.defaultPrevented || isTaken(event) || view === "correction" || ask !== null || keys) return;
      const command = pictureCommand(event);
      if (command === null) return;
      event.preventDefault();
      viewer.run(command);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [viewer, session]);
}

function PictureBar({ viewer, note, regions }: { viewer: ImageViewer; note: string | null; regions: boolean }) {
  const { scale, names, adjusts, dicom } = useStore(viewer.state);
  return (
    <div className="picture-bar" role="group" aria-label={t("View")}>
      {regions && (
        <KeyButton id="picture.names" className="quiet small" aria-pressed={names} onClick={() => viewer.run({ do: "names" })}>
          {t("Names")}
        </KeyButton>
      )}
      <KeyButton id="picture.window" className="quiet small" aria-pressed={adjusts} title={t("Drag over the image: to the right for more contrast, down for a brighter picture")} onClick={() => viewer.run({ do: "adjust" })}>
        {dicom === null ? t("Brightness") : t("Window")}
      </KeyButton>
      {dicom !== null && <DicomControls picture={dicom} />}
      {note !== null && <span className="muted small">{note}</span>}
      <span className="grow" />
      <KeyTool id="picture.zoomOut" title={t("Smaller")} className="quiet small" onClick={() => viewer.run({ do: "smaller" })}>
        −
      </KeyTool>
      <KeyTool id="picture.actual" title={t("One to one")} className="quiet small number" onClick={() => viewer.run({ do: "actual" })}>
        {percent(scale)}
      </KeyTool>
      <KeyTool id="picture.zoomIn" title={t("Larger")} className="quiet small" onClick={() => viewer.run({ do: "larger" })}>
        +
      </KeyTool>
      <KeyButton id="picture.fit" className="quiet small" onClick={() => viewer.run({ do: "fit" })}>
        {t("Fit")}
      </KeyButton>
    </div>
  );
}

/** The viewer of an item's image, made once there is an element to show it in. */
function useViewer({ item, url, size, layers }: ImageViewProps) {
  const { project, colors } = useReview();
  const host = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<ImageViewer | null>(null);
  const { id, path } = item;
  useLayoutEffect(() => {
    if (host.current === null) return;
    const made = new ImageViewer(host.current, colors);
    setViewer(made);
    return () => made.destroy();
  }, [colors, id]);
  const [width, height] = [size?.width ?? null, size?.height ?? null];
  useEffect(() => {
    if (viewer === null || url === null) return;
    const shown = viewer.show(url, width === null || height === null ? null : { width, height });
    if (isDicom(path)) void shown.then(() => viewer.showPixels((frame) => imageServerOf(api, project.id).frame(id, frame)));
  }, [viewer, url, width, height, path, id, project.id]);
  useEffect(() => viewer?.lay(layers), [viewer, layers]);
  return { host, viewer };
}

/** An image that can be looked at closely, with answers over it. */
export default function ImageView(props: ImageViewProps) {
  const { host, viewer } = useViewer(props);
  usePictureKeys(viewer);
  return (
    <>
      <div className="item-picture">
        <div ref={host} className="picture-host" role="img" aria-label={props.item.path} />
        {viewer !== null && <Broken viewer={viewer} />}
      </div>
      {viewer !== null && <PictureBar viewer={viewer} note={props.note} regions={props.layers.length > 0} />}
    </>
  );
}

function Broken({ viewer }: { viewer: ImageViewer }) {
  const { image } = useStore(viewer.state);
  return image === "broken" ? <p className="banner bad picture-broken">{t("This image does not load.")}</p> : null;
}
