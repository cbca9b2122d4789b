import { useMemo, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { messageOf } from "../api/problem";
import type { Project } from "../api/types";
import { kindOf } from "../kinds/kinds";
import { flatten } from "../labels/tree";
import { useDashboard, useProject } from "../projects/queries";
import { PageSkeleton } from "../ui/PageSkeleton";
import { Shell } from "../shell/Shell";
import { Filters, readFilter, writeFilter } from "./Filters";
import { ItemDrawer } from "./ItemDrawer";
import { ItemGrid } from "./ItemGrid";
import { capital } from "../ui/wording";
import { useItems } from "./queries";
import { useThumbnails } from "./thumbnails";
import "./items.css";

const LABELERS_MS = 30_000;

function Items({ project }: { project: Project }) {
  const [, go] = useLocation();
  const filter = readFilter(useSearch());
  const [open, setOpen] = useState<string | null>(null);
  const { data: dashboard } = useDashboard(project.id, LABELERS_MS);
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useItems(project.id, filter);
  const labelers = dashboard?.labelers ?? [];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const at = items.findIndex((item) => item.id === open);
  const opened = items[at];
  const { item: word } = kindOf(project.kind);
  const colors = useMemo(() => new Map(flatten(project.labels).map(({ path, color }) => [path, color])), [project.labels]);
  const thumbnails = useThumbnails(project.id, items, word === "image");
  return (
    <>
      <Filters project={project} labelers={labelers} filter={filter} onChange={(next) => go(`/projects/${project.id}/items${writeFilter(next)}`, { replace: true })} />
      {error !== null && <p className="banner bad">{messageOf(error)}</p>}
      {data !== undefined && items.length === 0 && <p className="card empty muted">No {word} matches these filters.</p>}
      <ItemGrid items={items} thumbnails={thumbnails} colors={colors} onOpen={setOpen} />
      {hasNextPage && (
        <p>
          <button type="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </button>
        </p>
      )}
      {opened !== undefined && (
        <ItemDrawer
          project={project.id}
          id={opened.id}
          path={opened.path}
          colors={colors}
          names={new Map(labelers.map(({ user, name }) => [user, name ?? user]))}
          onStep={(by) => setOpen(items[at + by]?.id ?? opened.id)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

export default function ItemsPage({ id }: { id: string }) {
  const { data, error } = useProject(id);
  if (data === undefined && error === null) return <PageSkeleton />;
  const words = data === undefined ? "Items" : `${capital(kindOf(data.project.kind).item)}s`;
  return (
    <Shell title={data === undefined ? "Items" : `${words} of ${data.project.name}`}>
      <main className="page stack">
        <nav className="crumbs" aria-label="Breadcrumb">
          <Link href="/">Projects</Link> / <Link href={`/projects/${id}`}>{data?.project.name ?? "Project"}</Link>
        </nav>
        <h1>{words}</h1>
        {data === undefined ? <p className="banner bad">{messageOf(error)}</p> : <Items project={data.project} />}
      </main>
    </Shell>
  );
}
