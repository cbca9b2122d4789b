import { textLook } from "../../text/look";
import { Words, type Stretch } from "../../text/words";
import { SEEN_MS } from "../clock";
import type { Command } from "../keys";
import { currentItem, withMarking } from "../marks/document";
import type { Pending, Surface } from "../marks/marking";
import type { SpanMark } from "../marks/spanMark";
import type { Desk } from "../useSession";
import { toggled } from "../marks/toggled";
import { mark, spanDocument, tapped, textNow } from "./marking";
import { Offsets, placeAt } from "./offsets";
import { SpanPaint } from "./paint";
import { t } from "../../words/words";

const TRIPLE = 3;

/** The text on screen: what is selected with the mouse becomes a span, and spans are painted over it. */
export class SpanSurface implements Surface {
  private readonly offsets: Offsets;
  private readonly paint: SpanPaint;
  private readonly ends: (() => void)[];
  private readonly resizes = new ResizeObserver(() => this.refresh());
  private frame = 0;
  /** The button went down on the text. */
  private held = false;
  private byFinger = false;
  private pending: Stretch | null = null;
  private item: string | null = null;
  private shownAt = Infinity;

  constructor(private readonly root: HTMLElement, private readonly scroller: HTMLElement, private readonly desk: Desk) {
    this.offsets = new Offsets(root);
    this.paint = new SpanPaint(root, this.offsets);
    const stop = new AbortController();
    scroller.addEventListener("pointerdown", ({ pointerType }) => (this.byFinger = pointerType === "touch"), { signal: stop.signal });
    scroller.addEventListener("mousedown", (event) => this.pressed(event), { signal: stop.signal });
    document.addEventListener("mouseup", (event) => this.released(event), { signal: stop.signal });
    document.addEventListener("selectionchange", () => this.pulled(), { signal: stop.signal });
    this.ends = [
      () => stop.abort(),
      desk.session.state.subscribe(() => this.refresh()),
      textLook.subscribe(() => this.refresh()),
      desk.session.attach(this),
    ];
    this.resizes.observe(root);
    this.refresh();
  }

  destroy(): void {
    for (const end of this.ends) end();
    this.resizes.disconnect();
    cancelAnimationFrame(this.frame);
    this.paint.destroy();
  }

  /** The text of this item is in the DOM now. */
  shows(item: string): void {
    if (item === this.item) return;
    this.item = item;
    this.shownAt = performance.now();
    this.scroller.scrollTop = 0;
    this.render();
  }

  finish(): boolean {
    return false;
  }

  cancel(): boolean {
    const selection = getSelection();
    const some = selection !== null && !selection.isCollapsed && this.root.contains(selection.anchorNode);
    if (some) selection.removeAllRanges();
    return some && this.pending === null;
  }

  back(): boolean {
    return false;
  }

  seen(item: string): boolean {
    return this.item === item && performance.now() - this.shownAt >= SEEN_MS;
  }

  run(command: Command): void {
    if (command.do === "caret") this.toLine(command.by, command.extend);
  }

  private get host() {
    return this.desk.session.host;
  }

  private pressed(event: MouseEvent): void {
    this.held = true;
    // Else the browser would select from the last click on.
    if (!event.shiftKey) return;
    event.preventDefault();
    this.scroller.focus({ preventScroll: true });
  }

  /** A drag or double click marks what it has selected; a click selects the span under it. */
  private released(event: MouseEvent): void {
    if (event.button !== 0 || !this.held) return;
    this.held = false;
    const selected = this.byFinger || event.detail >= TRIPLE ? null : this.selection();
    getSelection()?.removeAllRanges();
    if (this.byFinger) return this.tap(event);
    if (selected === null) {
      if (event.detail === 1) this.click(event);
      return;
    }
    const words = new Words(textNow(this.host));
    this.markOr(event.altKey ? words.tight(selected) : words.snapped(selected));
  }

  private markOr(stretch: Stretch | null): void {
    const { label } = this.host.read().marking;
    if (label === null) this.host.say(t("Choose a label first."));
    else if (stretch !== null) mark(this.host, stretch, label);
  }

  /** A finger takes a word, then all up to another one; a tap on what is taken marks it. */
  private tap(event: MouseEvent): void {
    const { pending } = this.host.read().marking;
    const place = placeAt(this.offsets, event.clientX, event.clientY);
    if (place === null || (pending === null && this.under(place).length > 0)) return this.click(event);
    if (pending !== null && pending.start <= place && place <= pending.end) return this.markOr(pending);
    this.take(tapped(new Words(textNow(this.host)), pending, place));
  }

  /** A long press selects, and the handles that it shows pull the selection: whole words are taken with it. */
  private pulled(): void {
    const selected = this.byFinger ? this.selection() : null;
    const stretch = selected === null ? null : new Words(textNow(this.host)).snapped(selected);
    if (stretch !== null) this.take({ ...stretch, anchor: stretch.start });
  }

  private take(pending: Pending | null): void {
    this.host.update(withMarking(this.host.read(), { pending, selected: new Set(), drawn: false }));
  }

  private selection(): Stretch | null {
    const selection = getSelection();
    if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    return { start: this.offsets.at(range.startContainer, range.startOffset), end: this.offsets.at(range.endContainer, range.endOffset) };
  }

  /** With Shift, one more span is selected or one less. */
  private click({ clientX, clientY, shiftKey }: MouseEvent): void {
    const place = placeAt(this.offsets, clientX, clientY);
    const under = place === null ? [] : this.under(place);
    const { marking: before } = this.host.read();
    const at = under.findIndex(({ id }) => before.selected.has(id));
    const next = under[shiftKey ? Math.max(0, at) : (at + 1) % Math.max(1, under.length)];
    const one = next === undefined ? [] : [next.id];
    const marking = { selected: new Set(shiftKey ? toggled(before, one) : one), drawn: false, pending: null, caret: place ?? 0 };
    this.host.update(withMarking(this.host.read(), marking));
  }

  /** The spans at a place, shortest first. */
  private under(place: number): SpanMark[] {
    return spanDocument(this.host)
      .marks.filter(({ start, end }) => start <= place && place <= end)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
  }

  /** The word above or below the one at hand. */
  private toLine(by: 1 | -1, extend: boolean): void {
    const { pending, caret } = this.host.read().marking;
    const from = pending ?? new Words(textNow(this.host)).next(caret, true);
    const rect = from === null ? undefined : this.offsets.ranges(from)[0]?.getClientRects()[0];
    if (from === null || rect === undefined) return;
    const height = parseFloat(getComputedStyle(this.root).lineHeight);
    const place = placeAt(this.offsets, rect.left + rect.width / 2, rect.top + rect.height / 2 + by * height);
    const word = place === null ? null : new Words(textNow(this.host)).next(place, by === 1);
    if (word === null) return;
    const anchor = pending?.anchor ?? from.start;
    const whole = extend ? { start: Math.min(anchor, word.start), end: Math.max(anchor, word.end), anchor } : { ...word, anchor: word.start };
    this.take(whole);
  }

  private refresh(): void {
    this.frame ||= requestAnimationFrame(() => this.render());
  }

  private render(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const state = this.host.read();
    if (currentItem(state.pages[0])?.id !== this.item) return;
    const { selected, pending, names } = state.marking;
    this.paint.show(spanDocument(this.host).marks, { text: textNow(this.host), labels: this.desk.labels, selected, pending, names: names !== false });
    // What was taken is marked, or let go.
    if (this.pending !== null && pending === null) getSelection()?.removeAllRanges();
    this.pending = pending;
    const near = pending ?? spanDocument(this.host).marks.find(({ id }) => selected.has(id));
    if (near !== undefined && this.selection() === null) this.reveal(near);
  }

  private reveal(stretch: Stretch): void {
    const rect = this.offsets.ranges(stretch)[0]?.getBoundingClientRect();
    const port = this.scroller.getBoundingClientRect();
    if (rect === undefined || (rect.top >= port.top && rect.bottom <= port.bottom)) return;
    this.scroller.scrollTop += rect.top - port.top - port.height / 2;
  }
}
