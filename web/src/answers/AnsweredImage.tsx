import { useEffect, useMemo, useRef } from "react";
import type { Answer } from "../api/types";
import { outline } from "../canvas/outline";
import type { MaskRegion, Region } from "../canvas/regions";
import { decode } from "../canvas/rle";
import { regionsOf } from "./regions";
import "./answered.css";

interface AnsweredImageProps {
  answer: Answer | null;
  /** Of the upright image; regions cannot be placed without it, masks know it themselves. */
  size: { width: number; height: number } | null;
  colors: ReadonlyMap<string, string>;
}

/** No side of a painted mask is longer, in pixels: it lies over a thumbnail. */
const MASK_SIDE = 512;

function paint(canvas: HTMLCanvasElement, masks: readonly MaskRegion[], colors: ReadonlyMap<string, string>): void {
  const [height, width] = masks[0]?.rle.size ?? [1, 1];
  const step = Math.max(1, Math.ceil(Math.max(width, height) / MASK_SIDE));
  Object.assign(canvas, { width: Math.ceil(width / step), height: Math.ceil(height / step) });
  const context = canvas.getContext("2d");
  for (const { label, rle } of masks) {
    if (context === null) return;
    const { data } = decode(rle);
    context.fillStyle = colors.get(label) ?? "#ffffff";
    for (let x = 0; x < canvas.width; x++) {
      for (let y = 0; y < canvas.height; y++) if (data[x * step * height + y * step] === 1) context.fillRect(x, y, 1, 1);
    }
  }
}

function Masks({ masks, colors }: { masks: readonly MaskRegion[]; colors: ReadonlyMap<string, string> }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) paint(canvas.current, masks, colors);
  }, [masks, colors]);
  return <canvas ref={canvas} className="answered-masks" />;
}

function Outlines({ regions, size, colors }: { regions: readonly Region[]; size: { width: number; height: number }; colors: ReadonlyMap<string, string> }) {
  return (
    <svg className="answered-regions" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      {regions.map((region) => (
        <g key={region.id}>
          <path className="answered-halo" d={outline(region)} />
          <path className="answered-line" d={outline(region)} style={{ stroke: colors.get(region.label), fill: colors.get(region.label) }} />
        </g>
      ))}
    </svg>
  );
}

/** The regions of an answer, to lie over an image that is fitted into the same frame. */
export default function AnsweredImage({ answer, size, colors }: AnsweredImageProps) {
  const regions = useMemo(() => regionsOf(answer), [answer]);
  const masks = useMemo(() => regions.filter((region): region is MaskRegion => region.shape === "mask"), [regions]);
  if (masks.length > 0) return <Masks masks={masks} colors={colors} />;
  return size === null ? null : <Outlines regions={regions} size={size} colors={colors} />;
}
