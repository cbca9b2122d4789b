import type { ImagePoint, ScreenPoint, Size } from "./points";

/** Where the image lies on the screen: screen = image * scale + (x, y). */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Screen pixels to one image pixel, at most; at least, a quarter of what fits. */
const LARGEST = 64;
const SMALLEST_OF_FIT = 0.25;
/** So many screen pixels of the image stay in sight, wherever it is dragged. */
const IN_SIGHT = 60;

export function toScreen(view: View, point: ImagePoint): ScreenPoint {
  return { x: point.x * view.scale + view.x, y: point.y * view.scale + view.y };
}

export function toImage(view: View, point: ScreenPoint): ImagePoint {
  return { x: (point.x - view.x) / view.scale, y: (point.y - view.y) / view.scale };
}

/** The whole image in the middle of the port, as large as it goes with a margin around it. */
export function fitted(image: Size, port: Size, margin = 16): View {
  const room = { width: Math.max(1, port.width - 2 * margin), height: Math.max(1, port.height - 2 * margin) };
  const scale = Math.min(room.width / image.width, room.height / image.height, LARGEST);
  return { scale, x: (port.width - image.width * scale) / 2, y: (port.height - image.height * scale) / 2 };
}

/** Larger or smaller by a factor, with what is at `at` staying there. */
export function zoomed(view: View, at: ScreenPoint, factor: number, image: Size, port: Size): View {
  const smallest = fitted(image, port).scale * SMALLEST_OF_FIT;
  const scale = Math.min(LARGEST, Math.max(smallest, view.scale * factor));
  const fixed = toImage(view, at);
  return inSight({ scale, x: at.x - fixed.x * scale, y: at.y - fixed.y * scale }, image, port);
}

export function panned(view: View, dx: number, dy: number, image: Size, port: Size): View {
  return inSight({ ...view, x: view.x + dx, y: view.y + dy }, image, port);
}

/** The view moved so that this place lies in the middle of the port. */
export function centered(view: View, at: ImagePoint, image: Size, port: Size): View {
  return inSight({ ...view, x: port.width / 2 - at.x * view.scale, y: port.height / 2 - at.y * view.scale }, image, port);
}

function inSight(view: View, image: Size, port: Size): View {
  const within = (offset: number, length: number, room: number) => {
    const keep = Math.min(IN_SIGHT, length, room);
    return Math.min(room - keep, Math.max(keep - length, offset));
  };
  const { scale } = view;
  return { scale, x: within(view.x, image.width * scale, port.width), y: within(view.y, image.height * scale, port.height) };
}
