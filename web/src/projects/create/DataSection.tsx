import { useQuery, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../api/client";
import { messageOf } from "../../api/problem";
import { api } from "../../auth/session";
import { Field } from "../../ui/Field";
import type { SectionProps } from "./draft";
import { PathPreview } from "./PathPreview";
import { UploadBox } from "./UploadBox";

function folderFor(name: string): string {
  const slug = name.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return slug === "" ? "images" : slug;
}

export function useDatastores() {
  return useQuery({
    queryKey: ["datastores"],
    queryFn: async () => (await unwrap(api.GET("/api/datastores"))).items,
    staleTime: 60_000,
  });
}

export function DataSection({ draft, change, errors }: SectionProps) {
  const { data: datastores, error } = useDatastores();
  const queries = useQueryClient();
  const datastore = draft.datastore || (datastores?.[0]?.name ?? "");
  return (
    <section className="card section">
      <h2>Images</h2>
      {error !== null && <p className="danger-text">{messageOf(error)}</p>}
      <div className="path-row">
        <Field label="Datastore">
          {(control) => (
            <select {...control} value={datastore} onChange={(event) => change({ datastore: event.target.value })}>
              {(datastores ?? []).map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label="Path"
          error={errors.path}
          hint={
            <>
              <code>photos/**</code> takes everything below a folder, <code>photos/*.jpg</code> one folder, <code>**</code> all.
            </>
          }
        >
          {(control) => (
            <input {...control} type="text" spellCheck={false} autoComplete="off" placeholder="photos/**" value={draft.path} onChange={(event) => change({ path: event.target.value })} />
          )}
        </Field>
      </div>
      <PathPreview datastore={datastore} path={draft.path} />
      <UploadBox
        datastore={datastore}
        suggestedFolder={folderFor(draft.name)}
        onUploaded={(path) => {
          change({ path });
          void queries.invalidateQueries({ queryKey: ["preview"] });
        }}
      />
      <label className="row">
        <input type="checkbox" checked={draft.refresh} onChange={(event) => change({ refresh: event.target.checked })} />
        Take in images that are added to this path later
      </label>
    </section>
  );
}
