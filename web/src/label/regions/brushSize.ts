import type { Size } from "../../canvas/points";

const STEP = 1.25;
const FIRST_SHARE = 20;

/** The brush's diameter in image pixels: the one chosen, or a twentieth of the image. */
export function brushOf(chosen: number | null, { width, height }: Size): number {
  return chosen ?? Math.max(1, Math.round(Math.min(width, height) / FIRST_SHARE));
}

export function larger(diameter: number, { width, height }: Size): number {
  return Math.min(Math.max(width, height), Math.max(diameter + 1, Math.round(diameter * STEP)));
}

export function smaller(diameter: number): number {
  return Math.max(1, Math.min(diameter - 1, Math.round(diameter / STEP)));
}
