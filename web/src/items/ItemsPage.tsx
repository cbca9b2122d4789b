import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useLayoutEffect, useMemo, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import type { Project } from "../api/types";
import { ProjectTabs } from "../dashboard/ProjectTabs";
import { kindOf } from "../kinds/kinds";
import { flatten } from "../labels/tree";
import { api } from "../auth/session";
import { useProject } from "../projects/queries";
import { useMay } from "../projects/rights";
import { AskBox } from "../review/AskBox";
import { ItemsContext, ReviewContext, useReview, type Review } from "../review/context";
import { ItemView } from "../review/ItemView";
import { KeyList } from "../review/KeyList";
import { ChangedItems, ReviewNotice } from "../review/Notices";
import { wished } from "../review/optimistic";
import { usePeople } from "../review/people";
import { ReviewBar } from "../review/ReviewBar";
import { reviewsOf } from "../review/reviews";
import { ReviewSession } from "../review/session";
import { useReviewKeys } from "../review/useReviewKeys";
import { Failure } from "../ui/Failure";
import { PageSkeleton } from "../ui/PageSkeleton";
import { Shell } from "../shell/Shell";
import { useSlow } from "../ui/hooks";
import { useStore } from "../ui/store";
import { Filters } from "./Filters";
import { readFilter, writeFilter } from "./filter";
import { ItemGrid } from "./ItemGrid";
import { ListedItems } from "./listed";
import { useItems } from "./queries";
import { useAddress } from "./useAddress";
import { useSight } from "./useSight";
import { useThumbnails } from "./useThumbnails";
import { t } from "../words/words";
import "./items.css";
import "../review/review.css";

const Correction = lazy(() => import("../review/Correction"));

/** The reviewer's session over the items that match the address. */
function useListed(project: Project) {
  const queries = useQueryClient();
  const may = useMay(project);
  const filter = readFilter(useSearch());
  const { item: word } = kindOf(project.kind);
  const [listed] = useState(() => new ListedItems(queries, project.id));
  const [session] = useState(() => new ReviewSession({ reviews: reviewsOf(api, project.id), shelf: listed, may, word }));
  const found = useItems(project.id, filter);
  const { hasNextPage, fetchNextPage } = found;
  useLayoutEffect(() => {
    listed.show(filter, () => void (hasNextPage && fetchNextPage()));
  });
  const { wishes } = useStore(session.state);
  const items = useMemo(() => (found.data?.pages ?? []).flatMap((page) => page.items).map((item) => wished(item, wishes)), [found.data, wishes]);
  return { session, listed, filter, found, items, word };
}

/** What lies over the grid: an item, its correction, a question, the keys. */
function Overlays() {
  const { session } = useReview();
  const { view, selection, ask, keys } = useStore(session.state);
  const { cursor } = selection;
  return (
    <>
      {view === "item" && cursor !== null && <ItemView id={cursor} />}
      {view === "correction" && cursor !== null && (
        <Suspense>
          <Correction id={cursor} />
        </Suspense>
      )}
      {ask !== null && <AskBox ask={ask} />}
      {keys && <KeyList onClose={() => session.run({ do: "keys" })} />}
    </>
  );
}

function Items({ project }: { project: Project }) {
  const [, go] = useLocation();
  const { session, listed, filter, found, items, word } = useListed(project);
  const { sight, setSight } = useSight(listed, items, found);
  const people = usePeople(project.id);
  const colors = useMemo(() => new Map(flatten(project.labels).map(({ path, color }) => [path, color])), [project.labels]);
  const drawn = useMemo(() => items.slice(sight.first, sight.end), [items, sight]);
  const thumbnails = useThumbnails(project.id, drawn, word === "image");
  const review = useMemo<Review>(() => ({ session, project, people, colors, word }), [session, project, people, colors, word]);
  const looking = useSlow(found.isFetching && found.hasNextPage);
  useAddress(session);
  useReviewKeys(session);
  return (
    <ReviewContext value={review}>
      <ItemsContext value={items}>
        <Filters project={project} labelers={people.labelers} filter={filter} onChange={(next) => go(`/projects/${project.id}/items${writeFilter(next)}`, { replace: true })} />
        <div className="review-top">
          <ReviewBar />
          <ChangedItems />
        </div>
        <Failure of={found.error} banner />
        {found.data !== undefined && items.length === 0 && !found.hasNextPage && <p className="card empty muted">{t("No {item} matches these filters.", { item: word })}</p>}
        <ItemGrid thumbnails={thumbnails} onSight={setSight} />
        <p className="muted items-more" role="status">
          {looking && t("Looking for more …")}
        </p>
        {found.isFetchNextPageError && (
          <button type="button" onClick={() => void found.fetchNextPage()}>
            {t("Try again")}
          </button>
        )}
        <ReviewNotice />
        <Overlays />
      </ItemsContext>
    </ReviewContext>
  );
}

export default function ItemsPage({ id }: { id: string }) {
  const { data, error } = useProject(id);
  if (data === undefined && error === null) return <PageSkeleton />;
  const words = data === undefined ? t("Items") : t("{Item}s", { item: kindOf(data.project.kind).item });
  return (
    <Shell title={data === undefined ? t("Items") : t("{words} of {name}", { words, name: data.project.name })}>
      <main className="page stack items-page">
        <nav className="crumbs" aria-label={t("Breadcrumb")}>
          <Link href="/">{t("Projects")}</Link> / <Link href={`/projects/${id}`}>{data?.project.name ?? t("Project")}</Link>
        </nav>
        {data !== undefined && <ProjectTabs project={data.project} current="items" />}
        <h1 className="visually-hidden">{words}</h1>
        {data === undefined ? <Failure of={error} banner /> : <Items project={data.project} />}
      </main>
    </Shell>
  );
}
