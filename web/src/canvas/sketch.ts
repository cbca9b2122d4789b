import type { Bounds, ImagePoint } from "./points";

/** What a tool shows of the thing it is about to make. */
export type Sketch =
  | { readonly is: "box"; readonly bounds: Bounds }
  | { readonly is: "line"; readonly points: readonly ImagePoint[]; readonly snapped?: ImagePoint | null }
  | { readonly is: "brush"; readonly at: ImagePoint; readonly radius: number }
  | { readonly is: "cross"; readonly at: ImagePoint };
