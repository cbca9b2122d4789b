import { KeyTool, useKeyed } from "../keymap/Key";
import { useStore } from "../ui/store";
import type { DicomPicture } from "./picture";
import { t } from "../words/words";
import "./dicom.css";

function Frames({ picture }: { picture: DicomPicture }) {
  const { frame, frames } = useStore(picture.state);
  if (frames < 2) return null;
  return (
    <span className="zoom">
      <KeyTool id="regions.frameBefore" title={t("Frame before")} className="quiet small" disabled={frame === 0} onClick={() => picture.step(-1)}>
        ‹
      </KeyTool>
      <span className="number small">
        {t("Frame {frame} of {frames}", { frame: frame + 1, frames })}
      </span>
      <KeyTool id="regions.frameNext" title={t("Next frame")} className="quiet small" disabled={frame === frames - 1} onClick={() => picture.step(1)}>
        ›
      </KeyTool>
    </span>
  );
}

/** Frames and windows of a DICOM picture. Not for diagnosis: this is a labeling tool. */
export function DicomControls({ picture }: { picture: DicomPicture }) {
  const { window, presets, problem } = useStore(picture.state);
  const keyed = useKeyed("regions.look");
  return (
    <span className="dicom-controls">
      <Frames picture={picture} />
      {problem !== null && <span className="danger-text small ellipsis">{problem}</span>}
      {window !== null && (
        <select
          className="dicom-window"
          {...keyed}
          aria-label={t("Window: center {center}, width {width}", { center: Math.round(window.center), width: Math.round(window.width) })}
          title={t("W, then drag over the image: to the right for a wider window, down for a brighter picture")}
          value={window.name}
          onChange={(event) => {
            const chosen = presets.find(({ name }) => name === event.target.value);
            if (chosen !== undefined) picture.look(chosen);
            event.target.blur();
          }}
        >
          {presets.every(({ name }) => name !== window.name) && <option value={window.name}>{`${window.name}: ${Math.round(window.center)} ± ${Math.round(window.width / 2)}`}</option>}
          {presets.map(({ name, center, width }) => (
            <option key={name} value={name}>{`${name}: ${Math.round(center)} ± ${Math.round(width / 2)}`}</option>
          ))}
        </select>
      )}
    </span>
  );
}
