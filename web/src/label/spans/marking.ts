import { adding, documentOf, inTurn, removing, replacing, type ChangeSet, type Document } from "../../canvas/document";
import { spanAnswer, spansOf } from "../../answers/spans";
import { isRightToLeft } from "../../text/direction";
import { resizeText } from "../../text/look";
import { Words, type Stretch } from "../../text/words";
import type { Command } from "../keys";
import { runCommon } from "../marks/commands";
import { committed, currentItem, documentNow, withMarking } from "../marks/document";
import type { Mark, Marking, MarkingHost, Pending } from "../marks/marking";
import type { SpanMark } from "../marks/spanMark";
import { spanCommand } from "./keys";
import { n } from "../../words/words";

type Host = Pick<MarkingHost, "read" | "update">;

/** In a project of entities, every mark is a span. */
export function spanDocument(host: Pick<MarkingHost, "read">): Document<SpanMark> {
  return documentNow(host.read()) as Document<SpanMark>;
}

export function textNow(host: Pick<MarkingHost, "read">): string {
  return currentItem(host.read().pages[0])?.text ?? "";
}

/** Marks a stretch; what is marked just so already is selected instead. */
export function mark(host: Host, { start, end }: Stretch, label: string | null): void {
  if (label === null) return;
  const document = spanDocument(host);
  const there = document.marks.find((span) => span.start === start && span.end === end && span.label === label);
  const span: SpanMark = there ?? { shape: "span", id: String(document.next), label, start, end };
  if (there === undefined) host.update(committed(host.read(), adding(document, [span])));
  host.update(withMarking(host.read(), { selected: new Set([span.id]), drawn: there === undefined, pending: null, caret: end }));
}

/** The spans with another label; those that would be there twice are there once. */
export function relabeling(document: Document<SpanMark>, ids: ReadonlySet<string>, label: string): ChangeSet<SpanMark> {
  const changed = document.marks.filter(({ id }) => ids.has(id)).map(({ shape, id, start, end }): SpanMark => ({ shape, id, label, start, end }));
  const kept = document.marks.filter((span) => span.label === label && !ids.has(span.id));
  const same = (one: SpanMark) => (other: SpanMark) => one.start === other.start && one.end === other.end;
  const double = changed.filter((span, index) => kept.some(same(span)) || changed.slice(0, index).some(same(span)));
  return inTurn<SpanMark>(
    document,
    (now) => removing(now, new Set(double.map(({ id }) => id))),
    (now) => replacing(now, changed.filter((span) => !double.includes(span) && now.marks.some(({ id, label: before, suggested }) => id === span.id && (before !== label || suggested !== undefined)))),
  );
}

/** A label key marks the words at hand, renames what was picked, and is always the label of what comes next. */
function choose(host: MarkingHost, label: string): void {
  const { pending, selected, drawn } = host.read().marking;
  if (pending !== null) mark(host, pending, label);
  else if (selected.size > 0 && !drawn) host.update(committed(host.read(), relabeling(spanDocument(host), selected, label)));
  host.update(withMarking(host.read(), { label }));
}

/** The words at hand after an arrow key: the next word, or with Shift one more or one less. */
export function stepped(words: Words, before: Pending | null, caret: number, by: 1 | -1, extend: boolean): Pending | null {
  if (before === null || !extend) {
    const from = before === null ? caret : by === 1 ? before.end : before.start;
    const word = words.next(from, by === 1);
    return word === null ? before : { ...word, anchor: by === 1 ? word.start : word.end };
  }
  const forward = before.anchor === before.start;
  const head = forward ? before.end : before.start;
  const next = words.next(head, by === 1);
  if (next === null) return before;
  if (forward === (by === 1)) return forward ? { ...before, end: next.end } : { ...before, start: next.start };
  return shrunk(words, before, next, forward) ?? before;
}

/** One word less at the end that moves; null when it was the only one. */
function shrunk(words: Words, before: Pending, last: Stretch, forward: boolean): Pending | null {
  const left = words.tight(forward ? { start: before.start, end: last.start } : { start: last.end, end: before.end });
  return left === null ? null : { ...before, ...left };
}

/** The words at hand after a tap: the word there, with those at hand all between them. Null where there is none. */
export function tapped(words: Words, before: Pending | null, place: number): Pending | null {
  const word = words.snapped({ start: place, end: place + 1 }) ?? words.snapped({ start: place - 1, end: place });
  if (word === null) return null;
  const start = Math.min(word.start, before?.start ?? word.start);
  return { start, end: Math.max(word.end, before?.end ?? word.end), anchor: start };
}

function step(host: MarkingHost, { by, extend }: Extract<Command, { do: "caret" }>): void {
  const { pending, caret } = host.read().marking;
  const text = textNow(host);
  // The arrow to the right goes to the right, which in Arabic is back.
  const on = isRightToLeft(text, pending?.anchor ?? caret) ? (by === 1 ? -1 : 1) : by;
  host.update(withMarking(host.read(), { pending: stepped(new Words(text), pending, caret, on, extend), selected: new Set(), drawn: false }));
}

function run(command: Command, host: MarkingHost): boolean {
  const { marking } = host.read();
  switch (command.do) {
    case "label":
      choose(host, command.label);
      return true;
    case "mark":
      if (marking.pending !== null) mark(host, marking.pending, marking.label);
      return true;
    case "caret":
      if (command.line) host.surface()?.run(command);
      else step(host, command);
      return true;
    case "names":
      host.update(withMarking(host.read(), { names: marking.names === false }));
      return true;
    case "zoom":
      resizeText(command.factor > 1 ? 1 : -1);
      return true;
    case "nothing":
      return true;
    default:
      return runCommon(command, host);
  }
}

/** How texts with entities are labeled. */
export const spanMarking: Marking = {
  firstTool: "select",
  open: (item) => documentOf<Mark>(spansOf(item.previous ?? item.prelabel, item.text ?? "", item.previous == null ? item : null)),
  answer: (document, item) => spanAnswer(document.marks as readonly SpanMark[], item.text ?? ""),
  commandFor: spanCommand,
  run,
  countText: (count) => n(count, "{n} entity", "{n} entities"),
};
