declare const space: unique symbol;

/** A place in the upright image, in its pixels. Never mixed with a place on the screen: the compiler refuses. */
export interface ImagePoint {
  readonly x: number;
  readonly y: number;
  readonly [space]?: "image";
}

/** A place in the canvas on the screen, in CSS pixels from its upper left corner. */
export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
  readonly [space]?: "screen";
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An upright rectangle in image pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A closed line through these points; the last is joined to the first. */
export type Ring = readonly ImagePoint[];
