import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useState } from "react";
import { Link } from "wouter";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { ProjectTabs } from "../dashboard/ProjectTabs";
import { useItem, usePrefetch } from "../items/queries";
import { KeyTool } from "../keymap/Key";
import { kindOf } from "../kinds/kinds";
import { flatten } from "../labels/tree";
import { useProject } from "../projects/queries";
import { useMay } from "../projects/rights";
import { ReviewContext, type Review } from "../review/context";
import { ChangedItems, ReviewNotice } from "../review/Notices";
import { usePeople } from "../review/people";
import { reviewsOf } from "../review/reviews";
import { ReviewSession } from "../review/session";
import { placeOf } from "../review/selection";
import { isTaken } from "../review/useReviewKeys";
import { Shell } from "../shell/Shell";
import { Failure } from "../ui/Failure";
import { Icon } from "../ui/Icon";
import { PageSkeleton } from "../ui/PageSkeleton";
import { useStore } from "../ui/store";
import { DoubtDesk } from "./desk";
import { DoubtButton, DoubtView } from "./DoubtView";
import { ListedDoubts, useDoubts } from "./doubts";
import { doubtCommand } from "./keys";
import { number, t } from "../words/words";
import "../items/items.css";
import "../review/review.css";
import "./doubts.css";

const KeyDialog = lazy(() => import("../keymap/KeyDialog"));
const Correction = lazy(() => import("../review/Correction"));

/** A reviewer's session over what is doubted, and the desk that its keys work on. */
function useDesk(project: Project) {
  const queries = useQueryClient();
  const may = useMay(project);
  const { item: word } = kindOf(project.kind);
  const [made] = useState(() => {
    const listed = new ListedDoubts(queries, project.id);
    const session: ReviewSession = new ReviewSession({ reviews: reviewsOf(api, project.id), shelf: listed, may, word, corrected: (item) => desk.corrected(item) });
    const desk = new DoubtDesk(session, listed);
    return { listed, session, desk };
  });
  const found = useDoubts(project.id);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  useLayoutEffect(() => made.listed.show(() => void (hasNextPage && !isFetchingNextPage && fetchNextPage())));
  return { ...made, found, word };
}

function useDoubtKeys(session: ReviewSession, desk: DoubtDesk): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { view, keys } = session.state.get();
      if (event.defaultPrevented || isTaken(event) || view === "correction" || keys) return;
      const command = doubtCommand(event);
      if (command === null) return;
      event.preventDefault();
      desk.run(command);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [session, desk]);
}

interface CurrentProps {
  desk: DoubtDesk;
  session: ReviewSession;
  listed: ListedDoubts;
  project: Project;
  /** Whether more are doubted than have been read. */
  more: boolean;
}

function Current({ desk, session, listed, project, more }: CurrentProps) {
  const { selection } = useStore(session.state);
  const decided = useStore(desk.decided);
  const items = session.items();
  const place = Math.max(0, placeOf(selection, items.map(({ id }) => id)));
  const item = items[place];
  const doubt = item && listed.doubtOf(item.id);
  useItem(project.id, item?.id ?? "");
  usePrefetch(project.id, items[place + 1]);
  if (item === undefined || doubt === undefined) return null;
  const step = (by: 1 | -1) => desk.run({ do: "step", by });
  return (
    <DoubtView key={item.id} doubt={doubt} item={item} run={(command) => desk.run(command)}>
      <div className="row apart wrap">
        <strong className="number" role="status">
          {t("{place} of {items}", { place: number(place + 1), items: number(items.length) })}
          {more && "+"}
        </strong>
        <span className="muted small number">{t("{decided} decided", { decided: decided.length })}</span>
      </div>
      <div className="item-deeds">
        <DoubtButton id="doubts.before" icon="back" title={t("Before")} disabled={place === 0} onClick={() => step(-1)} />
        <DoubtButton id="doubts.next" icon="play" title={t("Next")} disabled={place === items.length - 1 && !more} onClick={() => step(1)} />
        <KeyTool id="everywhere.keys" title={t("Keys")} className="quiet square" onClick={() => desk.run({ do: "keys" })}>
          <Icon name="keys" />
        </KeyTool>
      </div>
    </DoubtView>
  );
}

function Nothing({ project, trained }: { project: Project; trained: boolean }) {
  const { item } = kindOf(project.kind);
  const text = trained ? t("No answer is doubtful any more: all that the last model doubted have been looked at. The next run may find others.") : t("Once a model has learned from the answers, it says which of them it doubts: {item}s where it would say something else.", { item });
  return <p className="card empty muted">{text}</p>;
}

function Doubts({ project }: { project: Project }) {
  const { session, desk, listed, found, word } = useDesk(project);
  const people = usePeople(project.id);
  const colors = useMemo(() => new Map(flatten(project.labels).map(({ path, color }) => [path, color])), [project.labels]);
  const review = useMemo<Review>(() => ({ session, project, people, colors, word }), [session, project, people, colors, word]);
  const { view, selection, keys } = useStore(session.state);
  const [first] = found.data?.pages ?? [];
  const begins = first?.items[0]?.item.id;
  useDoubtKeys(session, desk);
  useEffect(() => {
    if (begins !== undefined && session.state.get().selection.cursor === null) session.open(begins);
  }, [session, begins]);
  if (found.error !== null && first === undefined) return <Failure of={found.error} banner />;
  if (first === undefined) return null;
  if (begins === undefined) return <Nothing project={project} trained={first.run !== null} />;
  return (
    <ReviewContext value={review}>
      <ChangedItems />
      <Current desk={desk} session={session} listed={listed} project={project} more={found.hasNextPage} />
      {view === "correction" && selection.cursor !== null && (
        <Suspense>
          <Correction id={selection.cursor} />
        </Suspense>
      )}
      {keys && (
        <Suspense>
          <KeyDialog modes={["doubts"]} item={word} labels={null} onClose={() => session.run({ do: "keys" })} />
        </Suspense>
      )}
      <ReviewNotice />
    </ReviewContext>
  );
}

/** Answers that the last model doubts, one at a time, the most doubtful first. */
export default function DoubtsPage({ id }: { id: string }) {
  const { data, error } = useProject(id);
  if (data === undefined && error === null) return <PageSkeleton />;
  return (
    <Shell title={data === undefined ? t("Doubtful answers") : t("Doubtful answers of {name}", { name: data.project.name })}>
      <main className="page stack items-page">
        <nav className="crumbs" aria-label={t("Breadcrumb")}>
          <Link href="/">{t("Projects")}</Link> / <Link href={`/projects/${id}`}>{data?.project.name ?? t("Project")}</Link> / <Link href={`/projects/${id}/models`}>{t("Models")}</Link>
        </nav>
        {data !== undefined && <ProjectTabs project={data.project} current="models" />}
        <h1 className="visually-hidden">{t("Doubtful answers")}</h1>
        {data === undefined ? <Failure of={error} banner /> : <Doubts project={data.project} />}
      </main>
    </Shell>
  );
}
