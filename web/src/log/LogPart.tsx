import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { unwrap } from "../api/client";
import type { LogEntry } from "../api/types";
import { api } from "../auth/session";
import type { PartProps } from "../dashboard/ProjectPage";
import { kindOf } from "../kinds/kinds";
import { nameOf } from "../team/places";
import { useMembers } from "../team/queries";
import { Failure } from "../ui/Failure";
import { actorOf, byDay, sentenceOf, topicOf, TOPICS, type Topic, type Words } from "./sentences";
import { locale } from "../words/language";
import { t } from "../words/words";
import "./log.css";

const PAGE = 100;
const SOON_MS = 10_000;
const ENOUGH = 20;

const dayFormat = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const timeFormat = new Intl.DateTimeFormat(locale, { timeStyle: "short" });
const dayOf = (at: string) => dayFormat.format(new Date(at));

function useLog(project: string) {
  return useInfiniteQuery({
    queryKey: ["log", project],
    queryFn: ({ pageParam: cursor }) => unwrap(api.GET("/api/projects/{project}/log", { params: { path: { project }, query: { limit: PAGE, ...(cursor === null ? {} : { cursor }) } } })),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) === 1 ? SOON_MS : false),
  });
}

function Day({ day, entries, words }: { day: string; entries: readonly LogEntry[]; words: Words }) {
  return (
    <section aria-label={day}>
      <h3 className="log-day">{day}</h3>
      <ol className="plain-list">
        {entries.map((entry) => (
          <li key={entry.id} className="log-entry">
            <time className="muted number" dateTime={entry.at}>
              {timeFormat.format(new Date(entry.at))}
            </time>
            <span>
              <strong>{actorOf(entry)}</strong> {sentenceOf(entry, words)}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What happened in the project, newest first. */
export default function LogPart({ found: { project } }: PartProps) {
  const [topic, setTopic] = useState<Topic | "">("");
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useLog(project.id);
  const { data: members } = useMembers(project.id);
  const all = data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = topic === "" ? all : all.filter(({ what }) => topicOf(what) === topic);
  const few = data !== undefined && shown.length < ENOUGH && hasNextPage && !isFetchingNextPage;
  useEffect(() => {
    if (few) void fetchNextPage();
  }, [few, fetchNextPage]);
  const words: Words = { names: new Map((members ?? []).map((one) => [one.user, nameOf(one)])), item: kindOf(project.kind).item };
  return (
    <section className="card panel-card" aria-label={t("Log")}>
      <div className="row apart">
        <h2>{t("Log")}</h2>
        <select className="log-topic" aria-label={t("Show")} value={topic} onChange={(event) => setTopic(TOPICS.find((one) => one === event.target.value) ?? "")}>
          <option value="">{t("Everything")}</option>
          {TOPICS.map((one) => (
            <option key={one} value={one}>{t(one)}</option>
          ))}
        </select>
      </div>
      <Failure of={error} />
      {byDay(shown, dayOf).map(({ day, entries }) => (
        <Day key={day} day={day} entries={entries} words={words} />
      ))}
      {data !== undefined && shown.length === 0 && !hasNextPage && <p className="muted">{t("Nothing of that has happened.")}</p>}
      {hasNextPage && (
        <button type="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? t("Loading …") : t("Show earlier")}
        </button>
      )}
    </section>
  );
}
