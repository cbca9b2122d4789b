import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../api/client";
import { api } from "../../auth/session";
import { useSettled } from "../../ui/hooks";
import { mappedColumns, type DraftProject } from "./draft";

const TYPING_MS = 350;

/** What the data of a draft would give, asked for once somebody has stopped typing. */
export function usePreview(draft: DraftProject, datastore: string) {
  const path = useSettled(draft.path.trim(), TYPING_MS);
  const columns = draft.dataType === "mltable" ? mappedColumns(draft) : null;
  const body = { path, kind: draft.kind, type: draft.dataType, header: draft.header, columns };
  return useQuery({
    queryKey: ["preview", datastore, body],
    queryFn: () => unwrap(api.POST("/api/datastores/{datastore}/preview", { params: { path: { datastore } }, body })),
    enabled: path !== "" && datastore !== "",
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
}
