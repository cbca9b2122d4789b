import { documentOf, reordering, type ChangeSet, type Document } from "../../canvas/document";
import { copying, fits, nudging, retagging, stretching } from "../../canvas/operations";
import type { Region } from "../../canvas/regions";
import { regionAnswer, regionsOf } from "../../answers/regions";
import type { Command } from "../keys";
import { runCommon } from "../marks/commands";
import { committed, documentNow, withMarking } from "../marks/document";
import type { Mark, Marking, MarkingHost } from "../marks/marking";
import { brushOf, larger, smaller } from "./brushSize";
import { regionCommand, TOOLS, type RegionMarks } from "./keys";
import { n, t } from "../../words/words";

const COUNTED: Readonly<Record<RegionMarks, (count: number) => string>> = {
  boxes: (count) => n(count, "{n} box", "{n} boxes"), polygons: (count) => n(count, "{n} polygon", "{n} polygons"), masks: (count) => n(count, "{n} mask", "{n} masks"),
};

/** In a project of regions, every mark is one. */
export function regionDocument(host: Pick<MarkingHost, "read">): Document<Region> {
  return documentNow(host.read()) as Document<Region>;
}

function change(host: MarkingHost, set: ChangeSet<Region>): void {
  host.update(committed(host.read(), set));
}

/** A label key renames what was picked by hand, and is always the label of what is drawn next. */
function choose(host: MarkingHost, label: string): void {
  const { selected, drawn } = host.read().marking;
  if (selected.size > 0 && !drawn) change(host, retagging(regionDocument(host), selected, label));
  host.update(withMarking(host.read(), { label }));
}

function selectedRegions(host: MarkingHost): Region[] {
  const { selected } = host.read().marking;
  return regionDocument(host).marks.filter(({ id }) => selected.has(id));
}

/** Puts copies of the regions into this image, and selects what they became. */
function paste(host: MarkingHost, regions: readonly Region[]): void {
  const size = host.size();
  if (size === null) return host.say(t("The image is still on its way."));
  const { marks } = regionDocument(host);
  const labels = new Set(regions.map(({ label }) => label));
  change(host, copying(regionDocument(host), regions, size, host.overlap));
  const made = regionDocument(host).marks.filter((region) => labels.has(region.label) && !marks.includes(region));
  if (made.length > 0) host.update(withMarking(host.read(), { selected: new Set(made.map(({ id }) => id)), drawn: false }));
  const missing = regions.find((region) => !fits(region, size));
  if (missing?.shape === "mask") host.say(t("Not pasted: a mask fits only images of its own size, {width} × {height}.", { width: missing.rle.size[1], height: missing.rle.size[0] }));
  else if (missing !== undefined) host.say(t("Not pasted: it is larger than this image."));
  else if (made.length === 0 && regions.length > 0) host.say(t("The label's mask here has all of it already."));
}

function nudge(host: MarkingHost, { x, y, stretch }: Extract<Command, { do: "nudge" }>): void {
  const size = host.size();
  const { locked, fixed, selected } = host.read().marking;
  if (size === null || locked) return;
  const movable = new Set([...selected].filter((id) => !fixed.has(id)));
  change(host, (stretch ? stretching : nudging)(regionDocument(host), movable, x, y, size));
}

function order(host: MarkingHost, by: number): void {
  const [id] = host.read().marking.selected;
  const document = regionDocument(host);
  if (id !== undefined) change(host, reordering(document, id, document.marks.findIndex((mark) => mark.id === id) + by));
}

function resizeBrush(host: MarkingHost, grows: boolean): void {
  const size = host.size();
  if (size === null) return;
  const now = brushOf(host.read().marking.brush, size);
  host.update(withMarking(host.read(), { brush: grows ? larger(now, size) : smaller(now) }));
}

function run(command: Command, host: MarkingHost): boolean {
  const { marking } = host.read();
  switch (command.do) {
    case "label":
      choose(host, command.label);
      return true;
    case "names":
      host.update(withMarking(host.read(), { names: marking.names !== true }));
      return true;
    case "lock":
      host.update(withMarking(host.read(), { locked: !marking.locked }));
      host.say(marking.locked ? t("Regions can be moved and reshaped again.") : t("Regions are locked: only new ones can be changed."));
      return true;
    case "copy":
      host.update(withMarking(host.read(), { copied: selectedRegions(host) }));
      return true;
    case "paste":
      paste(host, marking.copied as readonly Region[]);
      return true;
    case "duplicate":
      paste(host, selectedRegions(host));
      return true;
    case "nudge":
      nudge(host, command);
      return true;
    case "order":
      order(host, command.by);
      return true;
    case "brush":
      resizeBrush(host, command.larger);
      return true;
    case "nothing":
      return true;
    case "zoom":
    case "fit":
    case "frame":
    case "place":
      host.surface()?.run(command);
      return true;
    default:
      return runCommon(command, host);
  }
}

/** How images with regions are labeled. */
export function regionMarking(marks: RegionMarks): Marking {
  return {
    firstTool: TOOLS[marks][0],
    open: (item) => documentOf<Mark>(regionsOf(item.previous ?? item.prelabel, item.previous == null ? item : null)),
    answer: (document) => regionAnswer(marks, document.marks as readonly Region[]),
    commandFor: regionCommand,
    run,
    countText: COUNTED[marks],
  };
}
