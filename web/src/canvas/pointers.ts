import { distance } from "./geometry";
import { refuseGestures } from "./gestures";
import type { ScreenPoint } from "./points";

/** What pointers mean: one works with the tool, two fingers or the middle button move the image. */
export interface PointerTargets {
  hover(event: PointerEvent): void;
  press(event: PointerEvent): void;
  drag(event: PointerEvent): void;
  release(event: PointerEvent): void;
  leave(): void;
  /** What the tool has begun is void: it was a gesture. */
  abandon(): void;
  pan(dx: number, dy: number): void;
  zoom(at: ScreenPoint, factor: number): void;
}

const WHEEL_STEP = 0.0016;
const PINCH_STEP = 0.01;
const LINE_PX = 16;
const MIDDLE = 1;

export class Pointers {
  private readonly down = new Map<number, ScreenPoint>();
  /** Whether what is pressed moves the image rather than working with the tool. */
  private moving = false;
  private gone = false;
  /** Once there was a pen, fingers no longer draw: a palm is one of them. */
  private pen = false;
  /** The pen that is down. What else touches meanwhile is the hand that holds it. */
  private drawing: number | null = null;
  private readonly ends = new AbortController();
  /** Set while Space is held: any press then moves the image. */
  space = false;

  constructor(private readonly host: HTMLElement, private readonly targets: PointerTargets) {
    const options = { signal: this.ends.signal };
    host.addEventListener("pointerdown", (event) => this.press(event), options);
    host.addEventListener("pointermove", (event) => this.move(event), options);
    host.addEventListener("pointerup", (event) => this.release(event), options);
    host.addEventListener("pointercancel", (event) => this.lost(event), options);
    host.addEventListener("pointerleave", () => this.down.size === 0 && targets.leave(), options);
    refuseGestures(host, this.ends.signal);
    host.addEventListener("wheel", (event) => this.wheel(event), { ...options, passive: false });
    document.addEventListener("keydown", (event) => this.key(event, true), options);
    document.addEventListener("keyup", (event) => this.key(event, false), options);
  }

  destroy(): void {
    this.ends.abort();
  }

  placeOf(event: MouseEvent): ScreenPoint {
    const { left, top } = this.host.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private press(event: PointerEvent): void {
    if (event.button > MIDDLE) return;
    event.preventDefault();
    if (event.pointerType === "pen") this.take(event.pointerId);
    else if (event.pointerType === "touch" && this.drawing !== null) return;
    this.host.focus({ preventScroll: true });
    this.host.setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, this.placeOf(event));
    const gesture = this.down.size > 1;
    if (gesture && !this.moving) this.targets.abandon();
    const finger = this.pen && event.pointerType === "touch";
    this.moving = gesture || finger || this.space || event.button === MIDDLE;
    this.gone = false;
    if (!this.moving) this.targets.press(event);
  }

  /** A pen is no part of a gesture: the fingers that are down belong to its hand, and what they began is void. */
  private take(pen: number): void {
    if (this.down.size > 0 && !this.moving) this.targets.abandon();
    this.down.clear();
    this.moving = false;
    this.pen = true;
    this.drawing = pen;
  }

  /** False when it was not down, or is not counted any more. */
  private lift({ pointerId }: PointerEvent): boolean {
    if (pointerId === this.drawing) this.drawing = null;
    return this.down.delete(pointerId);
  }

  private move(event: PointerEvent): void {
    this.pen ||= event.pointerType === "pen";
    const before = this.down.get(event.pointerId);
    if (before === undefined) return event.pointerType === "touch" ? undefined : this.targets.hover(event);
    const now = this.placeOf(event);
    if (this.moving) this.gesture(event.pointerId, before, now);
    this.down.set(event.pointerId, now);
    if (this.moving || this.gone) return;
    const between = event.getCoalescedEvents();
    for (const step of between.length > 0 ? between : [event]) this.targets.drag(step);
  }

  private gesture(id: number, before: ScreenPoint, now: ScreenPoint): void {
    const other = [...this.down].find(([pointer]) => pointer !== id)?.[1];
    const share = other === undefined ? 1 : 0.5;
    this.targets.pan((now.x - before.x) * share, (now.y - before.y) * share);
    if (other === undefined) return;
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const apart = distance(before, other);
    if (apart > 0) this.targets.zoom(middle, distance(now, other) / apart);
  }

  private release(event: PointerEvent): void {
    if (!this.lift(event)) return;
    if (!this.moving && !this.gone) this.targets.release(event);
    // The finger that stays after a pinch draws nothing.
    this.gone = this.down.size > 0;
    if (this.down.size === 0) this.moving = false;
  }

  private lost(event: PointerEvent): void {
    if (!this.lift(event)) return;
    if (!this.moving) this.targets.abandon();
    if (this.down.size === 0) this.moving = false;
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE_PX;
    this.targets.zoom(this.placeOf(event), Math.exp(-pixels * (event.ctrlKey ? PINCH_STEP : WHEEL_STEP)));
  }

  private key(event: KeyboardEvent, down: boolean): void {
    if (event.key !== " ") return;
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, button, a, summary") !== null;
    this.space = down && !typing;
    this.host.classList.toggle("moves", this.space);
  }
}
