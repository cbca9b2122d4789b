import { useStore } from "../ui/store";
import type { DicomPicture } from "./picture";
import { t } from "../words/words";
import "./dicom.css";

const keep = (event: { preventDefault: () => void }) => event.preventDefault();

function Frames({ picture }: { picture: DicomPicture }) {
  const { frame, frames } = useStore(picture.state);
  if (frames < 2) return null;
  return (
    <span className="zoom">
      <button type="button" className="quiet small" aria-label={t("Frame before, key <")} title={t("Frame before (<)")} disabled={frame === 0} onMouseDown={keep} onClick={() => picture.step(-1)}>
        ‹
      </button>
      <span className="number small">
        {t("Frame {frame} of {frames}", { frame: frame + 1, frames })}
      </span>
      <button type="button" className="quiet small" aria-label={t("Next frame, key >")} title={t("Next frame (>)")} disabled={frame === frames - 1} onMouseDown={keep} onClick={() => picture.step(1)}>
        ›
      </button>
    </span>
  );
}

/** Frames and windows of a DICOM picture. Not for diagnosis: this is a labeling tool. */
export function DicomControls({ picture }: { picture: DicomPicture }) {
  const { window, presets, problem } = useStore(picture.state);
  return (
    <span className="dicom-controls">
      <Frames picture={picture} />
      {problem !== null && <span className="danger-text small ellipsis">{problem}</span>}
      {window !== null && (
        <select
          className="dicom-window"
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
