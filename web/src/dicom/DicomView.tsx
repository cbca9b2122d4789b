import { useEffect, useRef, useState } from "react";
import type { DicomFrame } from "../api/types";
import { refuseGestures } from "../canvas/gestures";
import { lookUp } from "../keymap/keymap";
import type { CommandId } from "../keymap/table";
import { DicomControls } from "./DicomControls";
import { DicomPicture } from "./picture";

const STEPS: Readonly<Partial<Record<CommandId, -1 | 1>>> = { "regions.frameBefore": -1, "regions.frameNext": 1 };

interface DicomViewProps {
  fetchFrame: (frame: number) => Promise<DicomFrame>;
  /** What to show where the file's frames cannot be had. */
  fallback: React.ReactNode;
}

/** A DICOM file to look at: a drag chooses the window, < and > go through the frames. */
export default function DicomView({ fetchFrame, fallback }: DicomViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const [picture] = useState(() => new DicomPicture(fetchFrame));
  const [painted, setPainted] = useState<boolean | null>(null);
  useEffect(() => {
    void picture.show(0).then(setPainted);
  }, [picture]);
  useEffect(() => {
    const { element } = picture;
    const onMove = (event: PointerEvent) => {
      if (event.buttons === 1) picture.drag(event.movementX, event.movementY);
    };
    const onKey = (event: KeyboardEvent) => {
      const id = lookUp(event, "boxes");
      if (id !== null) picture.step(STEPS[id] ?? 0);
    };
    const stop = new AbortController();
    host.current?.prepend(element);
    element.addEventListener("pointermove", onMove, stop);
    refuseGestures(element, stop.signal);
    document.addEventListener("keydown", onKey, stop);
    return () => {
      stop.abort();
      element.remove();
    };
  }, [picture, painted]);
  if (painted === false) return fallback;
  return (
    <div ref={host} className="dicom-view">
      <DicomControls picture={picture} />
    </div>
  );
}
