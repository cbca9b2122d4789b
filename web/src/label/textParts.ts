import { lazy } from "react";

/** What only texts need, fetched with the first of them. */
export const TileText = lazy(() => import("./TileText"));
export const TextLookButtons = lazy(async () => ({ default: (await import("../text/TextLookButtons")).TextLookButtons }));
