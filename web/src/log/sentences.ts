import type { Happened, LogEntry } from "../api/types";
import { FORMAT_TITLES } from "../dashboard/formats";
import { roleTitle } from "../projects/roles";
import { n, number, t, words } from "../words/words";

/** What kind of thing happened: what the log can be narrowed to. */
export const TOPICS = [words("Project"), words("Labels"), words("People"), words("Items"), words("Data"), words("Webhooks"), words("Models")] as const;
export type Topic = (typeof TOPICS)[number];

type Details = LogEntry["details"];

/** What a sentence needs to know besides the entry. */
export interface Words {
  /** What members are called. */
  readonly names: ReadonlyMap<string, string>;
  /** The word for an item. */
  readonly item: string;
}

type Says = (details: Details, words: Words) => string;

const text = (details: Details, name: string) => String(details[name] ?? "");
const numberOf = (details: Details, name: string) => Number(details[name] ?? 0);
const member = (details: Details, { names }: Words) => names.get(text(details, "member")) ?? (text(details, "member") || t("somebody"));

function place(details: Details, { item }: Words): string {
  const limit = details.limit == null ? "" : t(", {items} at most", { items: n(numberOf(details, "limit"), "{n} {item}", "{n} {item}s", { item }) });
  return `${roleTitle(text(details, "role"))}${details.vendor === true ? t(" of the vendor") : ""}${limit}`;
}

function counted(details: Details, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts)
    .filter(([name]) => numberOf(details, name) > 0)
    .map(([name, word]) => `${number(numberOf(details, name))} ${word}`)
    .join(", ");
}

const MODES: Readonly<Record<string, string>> = { restart: t("; everything is labeled again"), restart_keep: t("; everything is labeled again, from the old answers") };

function labelsChanged(details: Details): string {
  const parts = counted(details, { added: t("added"), moved: t("moved"), retired: t("retired") });
  return `${t("changed the labels")}${parts === "" ? "" : `: ${parts}`}${MODES[text(details, "mode")] ?? ""}`;
}

function transfer(done: string, failed: string): Says {
  return (details) => {
    const format = text(details, "format");
    const title = Object.hasOwn(FORMAT_TITLES, format) ? FORMAT_TITLES[format as keyof typeof FORMAT_TITLES] : format;
    if (details.status === "failed") return t(failed, { title });
    const refused = numberOf(details, "refused");
    return `${t(done, { title, written: number(numberOf(details, "written")) })}${refused > 0 ? t(", {refused} refused", { refused: number(refused) }) : ""}`;
  };
}

const FIELDS: Readonly<Record<string, string>> = { refresh: t("whether new data is taken in"), lease_minutes: t("how long a page is held"), assist: t("how models help") };

const REVIEWED: Readonly<Record<string, string>> = {
  approve: words("approved {items}"), unapprove: words("took approval back from {items}"), reject: words("rejected {items}"), accept_skip: words("accepted the skip of {items}"),
  reject_skip: words("rejected the skip of {items}"), correct: words("corrected {items}"), mark_gold: words("made gold {items}"), unmark_gold: words("made gold no more {items}"),
};

const reviewed: Says = (details, { item }) => t(REVIEWED[text(details, "action")] ?? words("reviewed {items}"), { items: n(numberOf(details, "items"), "{n} {item}", "{n} {item}s", { item }) });

function webhookChanged(details: Details): string {
  if (details.enabled === false) return `${t("switched a webhook off")}${details.reason == null ? "" : `: ${text(details, "reason")}`}`;
  return details.url_changed === true ? t("gave a webhook another address") : t("changed a webhook");
}

function refreshed(details: Details, { item }: Words): string {
  const parts = counted(details, { missing: t("missing"), returned: t("back again"), changed: t("changed") });
  const added = numberOf(details, "added");
  const news = added > 0 ? [n(added, "{n} new {item}", "{n} new {item}s", { item })] : [];
  return t("looked for new data: {found}", { found: [...news, ...(parts === "" ? [] : [parts])].join(", ") || t("nothing new") });
}

const RUNS: Readonly<Record<string, (details: Details, words: Words) => string>> = {
  train: (details) => t("training a model on {answers}", { answers: n(numberOf(details, "labeled"), "{n} answer", "{n} answers") }),
  predict: () => t("predicting with an earlier model"),
  embed: (_, { item }) => t("looking for {item}s that look alike", { item }),
};

const runOf: Says = (details, words) => (Object.hasOwn(RUNS, text(details, "stage")) ? RUNS[text(details, "stage")] : undefined)?.(details, words) ?? t("a run");

const CAUSES: Readonly<Record<string, string>> = { settings: t("the settings ask for it"), audit: t("blind answers showed too many errors") };

/** Of a confidence, which may be close to 1, enough digits to see a change. */
const confidence = (details: Details, name: string) => `${Number((100 * numberOf(details, name)).toFixed(2))} %`;

function thresholdChanged(details: Details): string {
  const cause = CAUSES[text(details, "why")];
  const because = cause === undefined ? "" : t(", because {cause}", { cause });
  if (details.new == null) return details.old == null ? t("changed from when on single labels are trusted{because}", { because }) : t("trusts no suggestion any more{because}", { because });
  if (details.old == null) return t("trusts suggestions from {details} confidence on{because}", { details: confidence(details, "new"), because });
  if (details.old === details.new) return t("changed from when on single labels are trusted{because}", { because });
  return numberOf(details, "new") > numberOf(details, "old")
    ? t("raised the threshold of trust from {old} to {now}{because}", { old: confidence(details, "old"), now: confidence(details, "new"), because })
    : t("lowered the threshold of trust from {old} to {now}{because}", { old: confidence(details, "old"), now: confidence(details, "new"), because });
}

const SAYS: Readonly<Record<Happened, readonly [topic: Topic, says: Says]>> = {
  project_created: ["Project", () => t("created the project")],
  project_paused: ["Project", () => t("paused the project")],
  project_resumed: ["Project", () => t("resumed the project")],
  project_edited: ["Project", (details) => t("changed {fields}", { fields: text(details, "fields").split(", ").map((field) => FIELDS[field] ?? field.replaceAll("_", " ")).join(t(" and ")) })],
  project_deleted: ["Project", () => t("deleted the project")],
  backed_up: ["Project", () => t("backed the project up")],
  restored: ["Project", () => t("restored the project from a backup")],
  instructions_changed: ["Project", (details) => t("changed the instructions, version {details} now", { details: text(details, "version") })],
  labels_changed: ["Labels", labelsChanged],
  labels_change_finished: ["Labels", (details, { item }) => t("brought the answers to the new labels: {items} changed", { items: n(numberOf(details, "changed"), "{n} {item}", "{n} {item}s", { item }) })],
  member_added: ["People", (details, words) => t("added {details} as {details2}", { details: member(details, words), details2: place(details, words) })],
  member_changed: ["People", (details, words) => t("made {details} {details2}", { details: member(details, words), details2: place(details, words) })],
  member_removed: ["People", (details, words) => t("removed {details}", { details: member(details, words) })],
  invitation_sent: ["People", (details, words) => t("invited {details} as {details2}", { details: text(details, "email"), details2: place(details, words) })],
  invitation_accepted: ["People", (details, words) => t("came by invitation, as {details}", { details: place(details, words) })],
  reservations_changed: ["People", (details) => (numberOf(details, "reservations") === 0 ? t("opened every part to everybody") : t("reserved {parts}", { parts: n(numberOf(details, "reservations"), "{n} part", "{n} parts") }))],
  items_reviewed: ["Items", reviewed],
  items_assigned: ["Items", (details, { item }) => t("handed {items} to somebody", { items: n(numberOf(details, "items"), "{n} {item}", "{n} {item}s", { item }) })],
  gold_marked: ["Items", reviewed],
  agreement_measured: ["Items", (details, { item }) => `${t("measured agreement over {items}", { items: n(numberOf(details, "items"), "{n} {item}", "{n} {item}s", { item }) })}${details.mean == null ? "" : `: ${numberOf(details, "mean").toFixed(2)}`}`],
  export_finished: ["Data", transfer(words("exported ({title}): {written} written"), words("exported ({title}), which failed"))],
  import_finished: ["Data", transfer(words("imported ({title}): {written} taken over"), words("imported ({title}), which failed"))],
  refreshed: ["Data", refreshed],
  webhook_added: ["Webhooks", (details) => text(details, "events") === "" ? t("added a webhook for everything") : n(text(details, "events").split(", ").length, "added a webhook for {n} event", "added a webhook for {n} events")],
  webhook_changed: ["Webhooks", webhookChanged],
  webhook_removed: ["Webhooks", () => t("removed a webhook")],
  run_started: ["Models", (details, words) => t(numberOf(details, "attempt") > 1 ? "began {run}, once more" : "began {run}", { run: runOf(details, words) })],
  run_finished: ["Models", (details, words) => t("finished {run}", { run: runOf(details, words) })],
  run_failed: ["Models", (details, words) => `${t("failed at {run}", { run: runOf(details, words) })}${details.error == null ? "" : `: ${text(details, "error").split("\n")[0] ?? ""}`}`],
  run_canceled: ["Models", (details, words) => t("canceled {run}", { run: runOf(details, words) })],
  threshold_changed: ["Models", thresholdChanged],
  model_registered: ["Models", (details) => t("registered a model in Azure ML: {details}", { details: text(details, "asset") })],
};

/** What happened, as a sentence without its subject: "paused the project". */
export function sentenceOf({ what, details }: Pick<LogEntry, "what" | "details">, words: Words): string {
  return SAYS[what][1](details, words);
}

/** Whose doing it was. */
export function actorOf({ user, name }: Pick<LogEntry, "user" | "name">): string {
  return user === "" ? "Tagwerk" : (name ?? user);
}

export function topicOf(what: Happened): Topic {
  return SAYS[what][0];
}

/** Entries, newest first, in groups of a day each. */
export function byDay<T extends { at: string }>(entries: readonly T[], dayOf: (at: string) => string): { day: string; entries: T[] }[] {
  const days: { day: string; entries: T[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
