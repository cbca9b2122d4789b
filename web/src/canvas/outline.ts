import type { Bounds, Ring } from "./points";
import type { Region } from "./regions";

export function boxPath({ x, y, width, height }: Bounds): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

export function linePath(points: readonly { x: number; y: number }[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
}

const ringPath = (ring: Ring): string => `${linePath(ring)}z`;

/** The SVG path of a region, in image pixels. Masks have none: they are painted. */
export function outline(region: Region): string {
  if (region.shape === "mask") return "";
  return region.shape === "box" ? boxPath(region) : [...region.parts, ...region.holes].map(ringPath).join("");
}
