import { blank, boundsOfStrips, fill, touches, type Bitmap, type Strip } from "./bitmap";
import { Bitmaps } from "./bitmaps";
import { adding, inTurn, removing, replacing, type ChangeSet } from "./document";
import type { CanvasState } from "./owner";
import type { Bounds, Size } from "./points";
import type { MaskRegion, Region } from "./regions";
import { encode } from "./rle";

/** What of the canvas' state a stroke works on. */
export type Painted = Pick<CanvasState, "document" | "hidden" | "overlap">;

/** Nowhere: strokes that no hand makes are seen once they are done. */
export class OffScreen implements MaskSurface {
  readonly bitmaps = new Bitmaps();
  readonly during = () => undefined;
  readonly paint = () => undefined;
  readonly adopt = () => undefined;
}

/** Where strokes show while they are made, and where decoded masks are kept. */
export interface MaskSurface {
  readonly bitmaps: Bitmaps;
  /** Shows these bitmaps in the place of the document's masks until the next call. */
  during(live: ReadonlyMap<string, { bitmap: Bitmap; label: string }>): void;
  /** Paints a part of the image anew. */
  paint(state: Painted, part: Bounds): void;
  /** Notes that these masks are on screen already. */
  adopt(masks: readonly MaskRegion[], gone: Iterable<string>): void;
}

interface Working {
  readonly bitmap: Bitmap;
  readonly label: string;
  readonly region: MaskRegion | null;
}

/**
 * One stroke of a brush, or one filled polygon, on the masks. Painting gives pixels to the label and, where masks
 * may not overlap, takes them from the others; erasing takes them from all, or from the label alone where they may.
 */
export class Stroke {
  private readonly working = new Map<string, Working>();
  private readonly masks: readonly MaskRegion[];
  private readonly own: MaskRegion | undefined;

  constructor(
    private readonly state: Painted,
    private readonly layer: MaskSurface,
    private readonly size: Size,
    private readonly label: string,
    private readonly value: 0 | 1,
  ) {
    this.masks = state.document.marks.filter((region): region is MaskRegion => region.shape === "mask");
    this.own = this.masks.find((mask) => mask.label === label);
    layer.during(this.working);
  }

  /** Puts the strips in or out, and shows it. */
  add(strips: readonly Strip[]): void {
    if (this.value === 1) fill(this.mine(), strips, 1);
    const others = this.state.overlap ? [] : this.masks.filter((mask) => mask !== this.own);
    const losing = this.value === 1 || this.own === undefined ? others : [...others, this.own];
    for (const mask of losing) if (touches(this.bitmapOf(mask), strips)) fill(this.take(mask), strips, 0);
    this.layer.paint(this.state, boundsOfStrips(strips));
  }

  /** What the stroke has changed, as one step. */
  end(): ChangeSet<Region> {
    this.layer.during(new Map());
    const kept: MaskRegion[] = [];
    const gone = new Set<string>();
    for (const [id, { bitmap, label, region }] of this.working) {
      const mask = bitmap.data.includes(1) ? this.encoded(id, label, bitmap) : null;
      if (mask === null) gone.add(id);
      else if (mask.rle.counts !== region?.rle.counts || region.suggested !== undefined) kept.push(mask);
    }
    this.layer.adopt(kept, gone);
    const born = kept.filter(({ id }) => this.working.get(id)?.region === null);
    return inTurn<Region>(
      this.state.document,
      (document) => replacing(document, kept),
      (document) => removing(document, gone),
      (document) => adding(document, born),
    );
  }

  /** Puts everything back as it was. */
  cancel(): void {
    this.layer.during(new Map());
    this.layer.paint(this.state, { x: 0, y: 0, ...this.size });
  }

  private encoded(id: string, label: string, bitmap: Bitmap): MaskRegion {
    const rle = encode(bitmap);
    this.layer.bitmaps.keep(rle, bitmap);
    return { shape: "mask", id, label, rle };
  }

  private mine(): Bitmap {
    if (this.own !== undefined) return this.take(this.own);
    const id = String(this.state.document.next);
    const working = this.working.get(id) ?? { bitmap: blank(this.size.width, this.size.height), label: this.label, region: null };
    this.working.set(id, working);
    return working.bitmap;
  }

  private bitmapOf(mask: MaskRegion): Bitmap {
    return this.working.get(mask.id)?.bitmap ?? this.layer.bitmaps.of(mask.rle);
  }

  private take(region: MaskRegion): Bitmap {
    const working = this.working.get(region.id) ?? { bitmap: this.layer.bitmaps.take(region.rle), label: region.label, region };
    this.working.set(region.id, working);
    return working.bitmap;
  }
}
