export { RegionCanvas, type Picture } from "./canvas";
export * from "./document";
export * from "./operations";
export type { CanvasOwner, CanvasState, ToolName } from "./owner";
export type { Bounds, ImagePoint, Ring, ScreenPoint, Size } from "./points";
export * from "./regions";
export { areaOfRle, decode, encode, isSound, type Rle } from "./rle";
export * from "./suggestion";
