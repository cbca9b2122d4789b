import type { ItemDetail, ItemEvent, Revision, Source } from "../api/types";
import { answerText } from "../answers/answerText";
import { percent } from "../answers/suggestions";
import { t } from "../words/words";

/** Something that happened to an item, in words. */
export interface Happening {
  readonly key: string;
  readonly at: string;
  /** Who did it; null where nobody in particular did. */
  readonly who: string | null;
  readonly what: string;
  /** What was said by it, where something was. */
  readonly said: string | null;
  /** What stood before, where it does no more. */
  readonly before: string | null;
  readonly comment: string | null;
  /** The revision to show for it. */
  readonly revision: number | null;
  readonly remarks: readonly string[];
}

type Story = Pick<ItemDetail, "history" | "events" | "etag">;
type Names = ReadonlyMap<string, string>;

/** How an answer came about, in words. */
export const SOURCES: Readonly<Record<Source, string>> = {
  manual: t("a labeler's"),
  imported: t("imported"),
  consensus: t("agreed by labelers"),
  review: t("corrected by a reviewer"),
  gold: t("known answer"),
  model: t("a model’s, accepted without a person"),
};

const MADE: Readonly<Record<Source, string>> = {
  manual: t("answered"), imported: t("imported¦by somebody"), consensus: t("Labelers agreed"), review: t("corrected"), gold: t("gave the known answer"),
  model: t("A model’s answer was accepted without a person"),
};

const DONE: Readonly<Record<ItemEvent["action"], string>> = {
  approved: t("approved¦by somebody"), unapproved: t("took approval back"), corrected: t("said of the correction"),
  rejected: t("rejected¦by somebody"), skip_accepted: t("accepted the skip"),
  assigned: t("handed it out"), relabeled: t("changed the labels"), restarted: t("began labeling anew"), marked_gold: t("made it gold"),
  unmarked_gold: t("made it gold no more"), withdrawn: t("The model’s answer was withdrawn: it is trusted no more"), blob_changed: t("The file changed"), went_missing: t("The file went missing"), came_back: t("The file came back"),
};

/** After these, what stood before stands no more. */
const ENDS: ReadonlySet<ItemEvent["action"]> = new Set(["rejected", "relabeled", "restarted", "withdrawn", "blob_changed"]);
const NOBODY: ReadonlySet<string> = new Set<ItemEvent["action"] | Source>(["blob_changed", "went_missing", "came_back", "withdrawn", "consensus", "model"]);

const textOf = (revision: Revision | undefined) => (revision === undefined ? null : answerText(revision.answer, revision.skipped));

function remarksOf({ late, rejected, corrected, right, run, agreement }: Revision): string[] {
  const found = [
    run !== null && t("of run {run}", { run }),
    late && t("late"),
    rejected && t("rejected"),
    corrected && t("corrected later"),
    right === true && t("as known"),
    right === false && t("not as known"),
    agreement !== null && t("{agreement} agreement", { agreement: percent(agreement) }),
  ];
  return found.filter((remark) => remark !== false);
}

/** What stood until this was said: what was settled, or the only labeler's answer. Of several votes none stands. */
function stoodBefore(made: Revision, history: readonly Revision[]): Revision | undefined {
  const earlier = history.filter(({ revision, late, rejected }) => revision < made.revision && !late && !rejected);
  const voters = new Set(earlier.map(({ user }) => user));
  return earlier.filter(({ source }) => source !== "manual").at(-1) ?? (voters.size === 1 ? earlier.at(-1) : undefined);
}

function said(made: Revision, { history, etag }: Pick<Story, "history" | "etag">, names: Names): Happening {
  const replaced = made.source === "review" || made.source === "gold" ? textOf(stoodBefore(made, history)) : null;
  return {
    key: `said ${made.revision} ${made.at}`,
    at: made.at,
    who: NOBODY.has(made.source) ? null : (made.name ?? names.get(made.user) ?? made.user),
    what: MADE[made.source],
    said: textOf(made),
    before: replaced === textOf(made) ? null : replaced,
    comment: null,
    revision: made.revision,
    remarks: [...remarksOf(made), ...(made.etag !== "" && etag !== "" && made.etag !== etag ? [t("of an earlier file")] : [])],
  };
}

function done(event: ItemEvent, history: readonly Revision[], names: Names): Happening {
  const to = event.to === null ? null : (names.get(event.to) ?? event.to);
  const handed = to === null ? "" : event.action === "assigned" ? ` ${t("to {to}", { to })}` : t(", for {to} alone", { to });
  const before = history.find(({ revision }) => revision === event.revision);
  return {
    key: `done ${event.action} ${event.at}`,
    at: event.at,
    who: NOBODY.has(event.action) ? null : (event.name ?? names.get(event.user) ?? event.user),
    what: `${DONE[event.action]}${handed}`,
    said: event.detail,
    before: ENDS.has(event.action) ? textOf(before) : null,
    comment: event.comment,
    revision: event.revision,
    remarks: [],
  };
}

/** Everything that was said of an item and done to it, newest first. */
export function happeningsOf(story: Story, names: Names): Happening[] {
  const { history, events } = story;
  const golden = new Set(events.filter(({ action }) => action === "marked_gold").map(({ at }) => at));
  const answers = history.filter(({ source, at }) => source !== "gold" || !golden.has(at)).map((made) => said(made, story, names));
  const steps = events.map((event) => done(event, history, names));
  return [...answers, ...steps].sort((one, other) => Date.parse(one.at) - Date.parse(other.at)).reverse();
}
