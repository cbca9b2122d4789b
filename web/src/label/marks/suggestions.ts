import { replacing } from "../../canvas/document";
import { confirmed, isUnsure } from "../../canvas/suggestion";
import { committed, documentNow, withMarking } from "./document";
import type { MarkingHost } from "./marking";
import { t } from "../../words/words";

/** Selects the next suggestion that nobody vouches for, or the one before; round and round. */
export function stepUnsure(host: MarkingHost, by: 1 | -1): void {
  const state = host.read();
  const { marks } = documentNow(state);
  const unsure = marks.filter(isUnsure);
  const at = marks.findIndex(({ id }) => state.marking.selected.has(id));
  const further = by === 1 ? unsure.find((mark) => marks.indexOf(mark) > at) : unsure.findLast((mark) => marks.indexOf(mark) < at);
  const next = further ?? unsure.at(by === 1 ? 0 : -1);
  if (next === undefined) return host.say(t("Nothing here is unsure."));
  host.update(withMarking(state, { selected: new Set([next.id]), drawn: false, pending: null }));
  host.surface()?.run({ do: "reveal" });
}

/** Makes the selected suggestions the labeler's own, as they are, and goes on. */
export function keep(host: MarkingHost): void {
  const state = host.read();
  const document = documentNow(state);
  const kept = document.marks.filter(({ id }) => state.marking.selected.has(id)).map((mark) => confirmed(mark));
  host.update(committed(state, replacing(document, kept)));
  if (kept.length === 0 || documentNow(host.read()).marks.some(isUnsure)) stepUnsure(host, 1);
}
