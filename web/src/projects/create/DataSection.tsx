import { useQuery, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "../../api/client";
import { api } from "../../auth/session";
import { kindOf } from "../../kinds/kinds";
import { Failure } from "../../ui/Failure";
import { acceptsFor } from "./accepts";
import { typesFor, type DataType, type SectionProps } from "./draft";
import { MltableOptions } from "./MltableOptions";
import { PathPreview } from "./PathPreview";
import { PlaceFields } from "./PlaceFields";
import { usePreview } from "./preview";
import { TableOptions } from "./TableOptions";
import { UploadBox } from "./UploadBox";
import { t } from "../../words/words";

function folderFor(name: string, item: string): string {
  const slug = name.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return slug === "" ? `${item}s` : slug;
}

export function useDatastores() {
  return useQuery({
    queryKey: ["datastores"],
    queryFn: async () => (await unwrap(api.GET("/api/datastores"))).items,
    staleTime: 60_000,
  });
}

const TITLES: Readonly<Record<"image" | "text", Partial<Record<DataType, readonly [title: string, says: string]>>>> = {
  image: { files: [t("Image files"), t("Each file is an image.")], mltable: ["MLTable", t("A table that names images, and perhaps labels.")] },
  text: { files: [t("Text files"), t("Each .txt file is a text.")], tabular: [t("Tables"), t("Each row of a .csv or .tsv is a text.")] },
};

function TypeChoice({ draft, change }: Pick<SectionProps, "draft" | "change">) {
  const { item } = kindOf(draft.kind);
  return (
    <fieldset className="kinds">
      <legend className="visually-hidden">{t("Type of data")}</legend>
      {typesFor(draft.kind).map((type) => (
        <label key={type} className="kind">
          <input type="radio" name="data-type" checked={draft.dataType === type} onChange={() => change({ dataType: type, columns: null })} />
          <span>
            <strong>{TITLES[item][type]?.[0]}</strong>
            <span className="small muted">{TITLES[item][type]?.[1]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The path that takes in what was just uploaded into a folder. */
const pathFor = (type: DataType, folder: string) => (type === "mltable" ? folder : folder === "" ? "**" : `${folder}/**`);

export function DataSection(props: SectionProps) {
  const { draft, change } = props;
  const kind = kindOf(draft.kind);
  const { data: datastores, error } = useDatastores();
  const queries = useQueryClient();
  const datastore = draft.datastore || (datastores?.[0]?.name ?? "");
  const preview = usePreview(draft, datastore);
  const known = preview.data?.columns ?? [];
  return (
    <section className="card section">
      <h2>{t("{Item}s", { item: kind.item })}</h2>
      <Failure of={error} />
      <TypeChoice draft={draft} change={change} />
      <PlaceFields {...props} datastore={datastore} datastores={(datastores ?? []).map(({ name }) => name)} />
      {draft.dataType === "tabular" && <TableOptions {...props} known={known} />}
      {draft.dataType === "mltable" && <MltableOptions {...props} known={known} />}
      {draft.path.trim() !== "" && <PathPreview preview={preview} item={kind.item} columns={draft.dataType === "tabular" ? draft.columns : null} />}
      <UploadBox
        datastore={datastore}
        accepts={acceptsFor(kind, draft.dataType)}
        suggestedFolder={folderFor(draft.name, kind.item)}
        onUploaded={(folder) => {
          change({ path: pathFor(draft.dataType, folder) });
          void queries.invalidateQueries({ queryKey: ["preview"] });
        }}
      />
      <label className="row">
        <input type="checkbox" checked={draft.refresh} onChange={(event) => change({ refresh: event.target.checked })} />
        {t("Take in {item}s that are added to this path later", { item: kind.item })}
      </label>
    </section>
  );
}
