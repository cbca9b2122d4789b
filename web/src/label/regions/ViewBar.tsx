import type { ComponentProps } from "react";
import { DicomControls } from "../../dicom/DicomControls";
import { KeyTool, useKeyed, useTip } from "../../keymap/Key";
import { useStore } from "../../ui/store";
import { keepFocus } from "../keepFocus";
import { currentItem } from "../marks/document";
import { useDesk, useLabeling } from "../useSession";
import { brushOf } from "./brushSize";
import type { RegionSurface } from "./surface";
import { Drawn } from "./Drawn";
import { TOOL_FACES } from "./tools";
import { t } from "../../words/words";

function Slider({ name, value, least = 0.2, onChange }: { name: string; value: number; least?: number; onChange: (value: number) => void }) {
  return (
    <label className="slider">
      <span>{name}</span>
      <input type="range" min={least} max={3} step={0.05} value={value} onChange={(event) => onChange(Number(event.target.value))} />
      <span className="number">{Math.round(100 * value)} %</span>
    </label>
  );
}

interface SlidersProps extends ComponentProps<"button"> {
  name: string;
  changed: boolean;
  onReset: () => void;
}

/** A button that opens sliders above itself. */
function Sliders({ name, changed, onReset, children, ...button }: SlidersProps) {
  return (
    <>
      <button type="button" className={changed ? "quiet small look-changed" : "quiet small"} popoverTarget="look" onMouseDown={keepFocus} {...button}>
        {name}
      </button>
      <div id="look" popover="auto" className="look">
        {children}
        <button type="button" className="small" disabled={!changed} onClick={onReset}>
          {t("As it is")}
        </button>
      </div>
    </>
  );
}

function FillSlider({ surface }: { surface: RegionSurface }) {
  const { fill } = useStore(surface.state);
  return <Slider name={t("Fill of regions")} value={fill} least={0} onChange={(value) => surface.fill(value)} />;
}

function Look({ surface }: { surface: RegionSurface }) {
  const { brightness, contrast, fill } = useStore(surface.state);
  const changed = [brightness, contrast, fill].some((value) => value !== 1);
  return (
    <Sliders name={t("Brightness")} changed={changed} onReset={() => surface.asItIs()} {...useKeyed("regions.look")} title={useTip("regions.look", t("Brightness and contrast"))}>
      <Slider name={t("Brightness")} value={brightness} onChange={(value) => surface.look(value, contrast)} />
      <Slider name={t("Contrast")} value={contrast} onChange={(value) => surface.look(brightness, value)} />
      <FillSlider surface={surface} />
    </Sliders>
  );
}

/** A DICOM file's brightness is its window: what is left is how far regions cover it. */
function Fill({ surface }: { surface: RegionSurface }) {
  const { fill } = useStore(surface.state);
  return (
    <Sliders name={t("Fill")} changed={fill !== 1} onReset={() => surface.fill(1)} title={t("Fill of regions")}>
      <FillSlider surface={surface} />
    </Sliders>
  );
}

function Zoom({ surface }: { surface: RegionSurface }) {
  const { session } = useDesk();
  const { scale } = useStore(surface.state);
  return (
    <span className="zoom">
      <KeyTool id="regions.zoomOut" title={t("Smaller")} className="quiet small" onClick={() => session.run({ do: "zoom", factor: 0.8 })}>
        −
      </KeyTool>
      <KeyTool id="regions.actual" title={t("One image pixel to one screen pixel")} className="quiet small number" onClick={() => surface.canvas.actualSize()}>
        {Math.round(100 * scale)} %
      </KeyTool>
      <KeyTool id="regions.zoomIn" title={t("Larger")} className="quiet small" onClick={() => session.run({ do: "zoom", factor: 1.25 })}>
        +
      </KeyTool>
      <KeyTool id="regions.zoomTo" title={t("What is selected, large")} className="quiet small" onClick={() => surface.zoomToSelected()}>
        <Drawn path="M2.5 5.5v-3h3m5 0h3v3m0 5v3h-3m-5 0h-3v-3M6 6h4v4H6z" />
      </KeyTool>
      <KeyTool id="regions.fit" title={t("Fit")} className="quiet small" onClick={() => session.run({ do: "fit" })}>
        {t("Fit")}
      </KeyTool>
    </span>
  );
}

function BrushSize({ surface }: { surface: RegionSurface }) {
  const { session } = useDesk();
  const { marking } = useLabeling();
  return (
    <span className="zoom">
      <KeyTool id="masks.smaller" title={t("Smaller brush")} className="quiet small" onClick={() => session.run({ do: "brush", larger: false })}>
        −
      </KeyTool>
      <span className="number small">{t("Brush {brush} px", { brush: brushOf(marking.brush, surface.canvas.size) })}</span>
      <KeyTool id="masks.larger" title={t("Larger brush")} className="quiet small" onClick={() => session.run({ do: "brush", larger: true })}>
        +
      </KeyTool>
    </span>
  );
}

/** Under the image: what it is, what the tool does, and how large it is shown. */
export function ViewBar({ surface }: { surface: RegionSurface }) {
  const { pages, marking } = useLabeling();
  const { note, dicom } = useStore(surface.state);
  const item = currentItem(pages[0]);
  return (
    <div className="view-bar">
      <span className="ellipsis view-path" title={item?.path}>
        {item?.path}
      </span>
      <span className="ellipsis muted view-hint">{TOOL_FACES[marking.tool].hint}</span>
      <span className="grow" />
      {(marking.tool === "brush" || marking.tool === "eraser") && <BrushSize surface={surface} />}
      {note !== null && <span className="chip">{note}</span>}
      {dicom === null ? <Look surface={surface} /> : <DicomControls picture={dicom} />}
      {dicom !== null && <Fill surface={surface} />}
      <Zoom surface={surface} />
    </div>
  );
}
