import type { MouseEvent } from "react";

/** A mouse press on a tool leaves the focus on the images, so that Enter still means submit. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
