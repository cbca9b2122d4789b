import { outline } from "./outline";
import type { CanvasOwner, CanvasState } from "./owner";
import type { Region } from "./regions";
import { isUnsure } from "./suggestion";
import { svg } from "./svg";

interface Drawn {
  readonly group: SVGGElement;
  readonly paths: readonly SVGPathElement[];
  region: Region | null;
  look: string;
}

/** The outlines of regions in image pixels: each line over a dark halo, so that it shows on any image. */
export class RegionLayer {
  readonly element = svg("g", { class: "canvas-regions" });
  private readonly drawn = new Map<string, Drawn>();
  /** What was shown the last time: most frames change none of it. */
  private seen: readonly unknown[] = [];

  constructor(private readonly owner: CanvasOwner) {}

  /** Leaves out the regions that are `moving`: their ghosts are shown in their places. */
  show(state: CanvasState, moving: ReadonlySet<string>, hovered: string | null): void {
    const { document, hidden, selected } = state;
    const seen = [document.marks, hidden, selected, hovered, [...moving].join()];
    if (seen.every((value, index) => value === this.seen[index])) return;
    this.seen = seen;
    const wanted = document.marks.filter(({ id, shape }) => shape !== "mask" && !hidden.has(id) && !moving.has(id));
    this.forget(new Set(wanted.map(({ id }) => id)));
    let place: Element | null = this.element.firstElementChild;
    for (const region of wanted) {
      const drawn = this.drawn.get(region.id) ?? this.make(region.id);
      if (drawn.group === place) place = place.nextElementSibling;
      else this.element.insertBefore(drawn.group, place);
      this.update(drawn, region, lookOf(region, state, hovered));
    }
  }

  private make(id: string): Drawn {
    const paths = [svg("path", { class: "canvas-halo" }), svg("path", { class: "canvas-line" })];
    const group = svg("g", { class: "canvas-region" });
    group.append(...paths);
    const drawn = { group, paths, region: null, look: "" };
    this.drawn.set(id, drawn);
    return drawn;
  }

  private update(drawn: Drawn, region: Region, look: string): void {
    if (drawn.region !== region) {
      for (const path of drawn.paths) path.setAttribute("d", outline(region));
      if (drawn.region?.label !== region.label) drawn.group.style.setProperty("--region", this.owner.colorOf(region.label));
      drawn.region = region;
    }
    if (drawn.look !== look) drawn.group.setAttribute("class", (drawn.look = look));
  }

  private forget(wanted: ReadonlySet<string>): void {
    for (const [id, { group }] of this.drawn) {
      if (wanted.has(id)) continue;
      group.remove();
      this.drawn.delete(id);
    }
  }
}

function lookOf(region: Region, { selected }: CanvasState, hovered: string | null): string {
  const marks = [selected.has(region.id) && "selected", isUnsure(region) && "unsure", hovered === region.id && "hovered"];
  return ["canvas-region", ...marks].filter(Boolean).join(" ");
}
