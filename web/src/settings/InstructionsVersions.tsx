import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { unwrap } from "../api/client";
import type { Project } from "../api/types";
import { api } from "../auth/session";
import { Failure } from "../ui/Failure";
import { Markdown } from "../ui/Markdown";
import { when } from "../ui/when";
import { t } from "../words/words";

function useVersions(project: string, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ["instructions", project],
    queryFn: ({ pageParam: cursor }) => unwrap(api.GET("/api/projects/{project}/instructions", { params: { path: { project }, query: cursor === null ? {} : { cursor } } })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => (next == null ? null : Number(next)),
    enabled,
  });
}

/** The instructions as they were: who wrote what when. */
export function InstructionsVersions({ project }: { project: Project }) {
  const [open, setOpen] = useState(false);
  const { data, error, hasNextPage, fetchNextPage } = useVersions(project.id, open);
  const versions = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <details className="versions" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("All versions")}</summary>
      <Failure of={error} />
      <ul className="plain-list">
        {versions.map(({ version, text, url, at, user, name }) => (
          <li key={version}>
            <details>
              <summary>
                {t("Version {version}", { version })}{" "}
                <span className="muted small">
                  {name ?? user}, {when(at)}
                </span>
              </summary>
              <div className="old-version">
                {text === "" ? <p className="muted">{t("None written.")}</p> : <Markdown text={text} />}
                {url}
              </div>
            </details>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" onClick={() => void fetchNextPage()}>
          {t("Show earlier")}
        </button>
      )}
    </details>
  );
}
