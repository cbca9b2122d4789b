import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { unwrap } from "../../api/client";
import { messageOf } from "../../api/problem";
import { api } from "../../auth/session";
import { plural } from "../../ui/wording";
import { useSettled } from "../../ui/hooks";

const TYPING_MS = 350;

function usePreview(datastore: string, path: string) {
  const settled = useSettled(path.trim(), TYPING_MS);
  return useQuery({
    queryKey: ["preview", datastore, settled],
    queryFn: () => {
      const params = { path: { datastore } };
      return unwrap(api.POST("/api/datastores/{datastore}/preview", { params, body: { path: settled, type: "files" } }));
    },
    enabled: settled !== "" && datastore !== "",
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
}

/** What the path would give: how many images, a few of them, and what is left out and why. */
export function PathPreview({ datastore, path }: { datastore: string; path: string }) {
  const { data, error } = usePreview(datastore, path);
  if (path.trim() === "") return null;
  if (error !== null) return <p className="small danger-text">{messageOf(error)}</p>;
  if (data === undefined) return <div className="preview" aria-busy="true" />;
  return (
    <div className="preview" role="status">
      <p className={data.matched === 0 ? "danger-text" : ""}>
        <strong className="number">
          {data.more ? "More than " : ""}
          {plural(data.matched, "image")}
        </strong>{" "}
        {data.matched === 1 ? "matches" : "match"}.
        {data.left_out.map(({ reason, count }) => (
          <span key={reason} className="muted small">
            {" "}
            {plural(count, "file")} left out: {reason}
          </span>
        ))}
      </p>
      <div className="preview-images">
        {data.first.map(({ path: file, url }) => (
          <img key={file} src={url ?? undefined} alt={file} title={file} />
        ))}
      </div>
    </div>
  );
}
