import { filled } from "../bitmap";
import { replacing } from "../document";
import { clamped, distance, nearestOnRing, ringArea, ringInside } from "../geometry";
import type { ImagePoint, Ring } from "../points";
import type { PolygonRegion, Region } from "../regions";
import { confirmed } from "../suggestion";
import { Stroke } from "../stroke";
import { add, adjustable } from "./drawn";
import type { Bench, Press, Tool } from "./tool";

/** What the ring becomes: a region of its own, another part of the selected polygon, or a hole. */
export type Purpose = "polygon" | "part" | "hole";

/** Points by clicks; a double click, Enter, or a click on the first point closes the ring. On masks it fills or cuts. */
export class PolygonTool implements Tool {
  private points: ImagePoint[] = [];

  constructor(private readonly bench: Bench, private readonly purpose: Purpose) {}

  cursor(): string {
    return "crosshair";
  }

  hover(press: Press): void {
    if (this.points.length > 0) return this.show(press);
    const snapped = this.snapped(press);
    this.bench.sketch(snapped === null ? null : { is: "line", points: [], snapped });
  }

  press(press: Press): void {
    const [first] = this.points;
    const closes = this.points.length >= 3 && first !== undefined && distance(first, press.at) <= press.reach;
    if (closes || (press.double && this.points.length >= 3)) this.finish();
    else if (!press.double) this.points.push(this.placed(press));
    this.show(press);
  }

  drag(press: Press): void {
    this.show(press);
  }

  release(): void {
    // Points are set when the button goes down.
  }

  finish(): boolean {
    if (this.points.length === 0) return false;
    const ring = this.points;
    if (ring.length < 3 || ringArea(ring) === 0) this.bench.say("It needs three points that are not in a line.");
    else if (this.close(ring)) this.cancel();
    return true;
  }

  cancel(): boolean {
    const begun = this.points.length > 0;
    this.points = [];
    this.bench.sketch(null);
    return begun;
  }

  back(): boolean {
    const taken = this.points.pop() !== undefined;
    this.bench.sketch(this.points.length === 0 ? null : { is: "line", points: [...this.points, ...this.points.slice(-1)] });
    return taken;
  }

  private close(ring: Ring): boolean {
    if (this.bench.read().draws === "mask") return this.paint(ring);
    if (this.purpose === "polygon") add(this.bench, { shape: "polygon", parts: [ring], holes: [] });
    return this.purpose === "polygon" || this.change(ring);
  }

  /** Gives a ring to a polygon that exists; false when there is none that it fits. */
  private change(ring: Ring): boolean {
    const polygon = this.purpose === "part" ? this.selected() : this.around(ring);
    if (polygon === null) {
      this.bench.say(this.purpose === "part" ? "Select the polygon that this belongs to first." : "A hole must lie wholly inside a polygon.");
      return false;
    }
    const rings = this.purpose === "part" ? { parts: [...polygon.parts, ring] } : { holes: [...polygon.holes, ring] };
    this.bench.commit(replacing<Region>(this.bench.read().document, [confirmed({ ...polygon, ...rings })]));
    this.bench.select([polygon.id], false);
    return true;
  }

  private selected(): PolygonRegion | null {
    const region = adjustable(this.bench);
    return region?.shape === "polygon" ? region : null;
  }

  private around(ring: Ring): PolygonRegion | null {
    const selected = this.selected();
    const polygons = this.bench.read().document.marks.filter((region): region is PolygonRegion => region.shape === "polygon");
    const candidates = selected === null ? polygons.toReversed() : [selected, ...polygons.toReversed()];
    return candidates.find(({ parts }) => parts.some((part) => ringInside(ring, part))) ?? null;
  }

  private paint(ring: Ring): boolean {
    const state = this.bench.read();
    if (state.label === null) {
      this.bench.say("Choose a label first.");
      return true;
    }
    const stroke = new Stroke(state, this.bench.masks, this.bench.size, state.label, this.purpose === "hole" ? 0 : 1);
    stroke.add(filled({ ...this.bench.size, data: new Uint8Array() }, [ring]));
    this.bench.commit(stroke.end());
    return true;
  }

  /** The point inside the image, on a neighbour's point or edge if one is near; Alt lets go of them. */
  private placed(press: Press): ImagePoint {
    return clamped(this.snapped(press) ?? press.at, this.bench.size);
  }

  private snapped({ at, reach, alt }: Press): ImagePoint | null {
    const { document, draws, hidden } = this.bench.read();
    if (alt || draws !== "polygon") return null;
    const rings = document.marks.flatMap((region) => (region.shape === "polygon" && !hidden.has(region.id) ? [...region.parts, ...region.holes] : []));
    const point = rings.flat().find((place) => distance(place, at) <= reach);
    if (point !== undefined) return point;
    const edges = rings.map((ring) => nearestOnRing(ring, at)).filter((edge) => edge !== null && edge.distance <= reach / 2);
    return edges[0]?.at ?? null;
  }

  private show(press: Press): void {
    if (this.points.length === 0) return;
    this.bench.sketch({ is: "line", points: [...this.points, this.placed(press)], snapped: this.snapped(press) });
  }
}
