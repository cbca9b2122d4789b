/**
 * Keeps the browser's own gestures off what takes strokes. Otherwise it takes a quick one, or a palm that is lifted, for
 * a scroll that goes on, and the next tap anywhere for what ends it. Pointer events come as ever.
 */
export function refuseGestures(element: HTMLElement, signal: AbortSignal): void {
  element.addEventListener("touchstart", (event) => event.preventDefault(), { signal, passive: false });
}
