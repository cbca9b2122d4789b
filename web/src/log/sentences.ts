import type { Happened, LogEntry } from "../api/types";
import { FORMAT_TITLES } from "../dashboard/formats";
import { roleTitle } from "../projects/roles";
import { plural } from "../ui/wording";

/** What kind of thing happened: what the log can be narrowed to. */
export const TOPICS = ["Project", "Labels", "People", "Items", "Data", "Webhooks", "Models"] as const;
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
const number = (details: Details, name: string) => Number(details[name] ?? 0);
const member = (details: Details, { names }: Words) => names.get(text(details, "member")) ?? (text(details, "member") || "somebody");

function place(details: Details, { item }: Words): string {
  const limit = details.limit == null ? "" : `, ${plural(number(details, "limit"), item)} at most`;
  return `${roleTitle(text(details, "role"))}${details.vendor === true ? " of the vendor" : ""}${limit}`;
}

function counted(details: Details, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts)
    .filter(([name]) => number(details, name) > 0)
    .map(([name, word]) => `${number(details, name).toLocaleString("en")} ${word}`)
    .join(", ");
}

const MODES: Readonly<Record<string, string>> = { restart: "; everything is labeled again", restart_keep: "; everything is labeled again, from the old answers" };

function labelsChanged(details: Details): string {
  const parts = counted(details, { added: "added", moved: "moved", retired: "retired" });
  return `changed the labels${parts === "" ? "" : `: ${parts}`}${MODES[text(details, "mode")] ?? ""}`;
}

function transfer(kind: string, done: string): Says {
  return (details) => {
    const format = text(details, "format");
    const title = Object.hasOwn(FORMAT_TITLES, format) ? FORMAT_TITLES[format as keyof typeof FORMAT_TITLES] : format;
    if (details.status === "failed") return `${kind} (${title}), which failed`;
    const refused = number(details, "refused");
    return `${kind} (${title}): ${number(details, "written").toLocaleString("en")} ${done}${refused > 0 ? `, ${refused.toLocaleString("en")} refused` : ""}`;
  };
}

const FIELDS: Readonly<Record<string, string>> = { refresh: "whether new data is taken in", lease_minutes: "how long a page is held", assist: "how models help" };

const REVIEWED: Readonly<Record<string, string>> = {
  approve: "approved", unapprove: "took approval back from", reject: "rejected", accept_skip: "accepted the skip of", reject_skip: "rejected the skip of", correct: "corrected",
  mark_gold: "made gold", unmark_gold: "made gold no more",
};

const reviewed: Says = (details, { item }) => `${REVIEWED[text(details, "action")] ?? "reviewed"} ${plural(number(details, "items"), item)}`;

function webhookChanged(details: Details): string {
  if (details.enabled === false) return `switched a webhook off${details.reason == null ? "" : `: ${text(details, "reason")}`}`;
  return details.url_changed === true ? "gave a webhook another address" : "changed a webhook";
}

function refreshed(details: Details, { item }: Words): string {
  const parts = counted(details, { missing: "missing", returned: "back again", changed: "changed" });
  const added = number(details, "added");
  const news = added > 0 ? [plural(added, `new ${item}`)] : [];
  return `looked for new data: ${[...news, ...(parts === "" ? [] : [parts])].join(", ") || "nothing new"}`;
}

const RUNS: Readonly<Record<string, (details: Details, words: Words) => string>> = {
  train: (details) => `training a model on ${plural(number(details, "labeled"), "answer")}`,
  predict: () => "predicting with an earlier model",
  embed: (_, { item }) => `looking for ${item}s that look alike`,
};

const runOf: Says = (details, words) => (Object.hasOwn(RUNS, text(details, "stage")) ? RUNS[text(details, "stage")] : undefined)?.(details, words) ?? "a run";

const CAUSES: Readonly<Record<string, string>> = { settings: "the settings ask for it", audit: "blind answers showed too many errors" };

/** Of a confidence, which may be close to 1, enough digits to see a change. */
const confidence = (details: Details, name: string) => `${Number((100 * number(details, name)).toFixed(2))} %`;

function thresholdChanged(details: Details): string {
  const cause = CAUSES[text(details, "why")];
  const because = cause === undefined ? "" : `, because ${cause}`;
  if (details.new == null) return details.old == null ? `changed from when on single labels are trusted${because}` : `trusts no suggestion any more${because}`;
  if (details.old == null) return `trusts suggestions from ${confidence(details, "new")} confidence on${because}`;
  if (details.old === details.new) return `changed from when on single labels are trusted${because}`;
  return `${number(details, "new") > number(details, "old") ? "raised" : "lowered"} the threshold of trust from ${confidence(details, "old")} to ${confidence(details, "new")}${because}`;
}

const SAYS: Readonly<Record<Happened, readonly [topic: Topic, says: Says]>> = {
  project_created: ["Project", () => "created the project"],
  project_paused: ["Project", () => "paused the project"],
  project_resumed: ["Project", () => "resumed the project"],
  project_edited: ["Project", (details) => `changed ${text(details, "fields").split(", ").map((field) => FIELDS[field] ?? field.replaceAll("_", " ")).join(" and ")}`],
  project_deleted: ["Project", () => "deleted the project"],
  backed_up: ["Project", () => "backed the project up"],
  restored: ["Project", () => "restored the project from a backup"],
  instructions_changed: ["Project", (details) => `changed the instructions, version ${text(details, "version")} now`],
  labels_changed: ["Labels", labelsChanged],
  labels_change_finished: ["Labels", (details, { item }) => `brought the answers to the new labels: ${plural(number(details, "changed"), item)} changed`],
  member_added: ["People", (details, words) => `added ${member(details, words)} as ${place(details, words)}`],
  member_changed: ["People", (details, words) => `made ${member(details, words)} ${place(details, words)}`],
  member_removed: ["People", (details, words) => `removed ${member(details, words)}`],
  invitation_sent: ["People", (details, words) => `invited ${text(details, "email")} as ${place(details, words)}`],
  invitation_accepted: ["People", (details, words) => `came by invitation, as ${place(details, words)}`],
  reservations_changed: ["People", (details) => (number(details, "reservations") === 0 ? "opened every part to everybody" : `reserved ${plural(number(details, "reservations"), "part")}`)],
  items_reviewed: ["Items", reviewed],
  items_assigned: ["Items", (details, { item }) => `handed ${plural(number(details, "items"), item)} to somebody`],
  gold_marked: ["Items", reviewed],
  agreement_measured: ["Items", (details, { item }) => `measured agreement over ${plural(number(details, "items"), item)}${details.mean == null ? "" : `: ${number(details, "mean").toFixed(2)}`}`],
  export_finished: ["Data", transfer("exported", "written")],
  import_finished: ["Data", transfer("imported", "taken over")],
  refreshed: ["Data", refreshed],
  webhook_added: ["Webhooks", (details) => `added a webhook${text(details, "events") === "" ? " for everything" : ` for ${plural(text(details, "events").split(", ").length, "event")}`}`],
  webhook_changed: ["Webhooks", webhookChanged],
  webhook_removed: ["Webhooks", () => "removed a webhook"],
  run_started: ["Models", (details, words) => `began ${runOf(details, words)}${number(details, "attempt") > 1 ? ", once more" : ""}`],
  run_finished: ["Models", (details, words) => `finished ${runOf(details, words)}`],
  run_failed: ["Models", (details, words) => `failed at ${runOf(details, words)}${details.error == null ? "" : `: ${text(details, "error").split("\n")[0] ?? ""}`}`],
  run_canceled: ["Models", (details, words) => `canceled ${runOf(details, words)}`],
  threshold_changed: ["Models", thresholdChanged],
  model_registered: ["Models", (details) => `registered a model in Azure ML: ${text(details, "asset")}`],
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
