import type { UseQueryResult } from "@tanstack/react-query";
import type { Preview } from "../../api/types";
import { TextBody } from "../../text/TextBody";
import { Failure } from "../../ui/Failure";
import { n, t } from "../../words/words";

interface PathPreviewProps {
  preview: UseQueryResult<Preview>;
  /** The word for one item. */
  item: string;
  /** The columns to show of a row; null is all. */
  columns: readonly string[] | null;
}

type Found = Preview["first"][number];

function shownColumns(cells: Found["columns"], columns: PathPreviewProps["columns"]): Record<string, string> | null {
  if (cells === null) return null;
  return Object.fromEntries((columns ?? Object.keys(cells)).flatMap((name) => (cells[name] === undefined ? [] : [[name, cells[name]]])));
}

function FirstFew({ first, columns }: { first: readonly Found[]; columns: PathPreviewProps["columns"] }) {
  const texts = first.some(({ text, columns: cells }) => text !== null || cells !== null);
  if (!texts) {
    return (
      <div className="preview-images">
        {first.map(({ path, url }) => (
          <img key={path} src={url ?? undefined} alt={path} title={path} />
        ))}
      </div>
    );
  }
  return (
    <ul className="preview-texts">
      {first.slice(0, 3).map(({ path, text, columns: cells }) => (
        <li key={path} title={path}>
          <TextBody text={text} columns={shownColumns(cells, columns)} size={13} />
        </li>
      ))}
    </ul>
  );
}

function leftOutText(count: number, item: string, reason: string): string {
  if (item === "text") return n(count, "{n} file or row left out: {reason}", "{n} files or rows left out: {reason}", { reason });
  return n(count, "{n} file left out: {reason}", "{n} files left out: {reason}", { reason });
}

function LeftOut({ found, item }: { found: Preview; item: string }) {
  if (found.left_out.length === 0) return null;
  return (
    <details className="small muted">
      <summary>{found.left_out.map(({ reason, count }) => leftOutText(count, item, reason)).join(" ")}</summary>
      <ul className="preview-refusals">
        {found.refusals.map(({ where, why }) => (
          <li key={where}>
            <code>{where}</code> {why}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What the path would give: how many items, a few of them, and what is left out and why. */
export function PathPreview({ preview: { data, error, isLoading }, item, columns }: PathPreviewProps) {
  if (error !== null) return <Failure of={error} />;
  if (data === undefined) return isLoading ? <div className="preview" aria-busy="true" /> : null;
  return (
    <div className="preview" role="status">
      <p className={data.matched === 0 ? "danger-text" : ""}>
        <strong className="number">
          {data.more ? t("More than {items}", { items: n(data.matched, "{n} {item}", "{n} {item}s", { item }) }) : n(data.matched, "{n} {item}", "{n} {item}s", { item })}
        </strong>{" "}
        {n(data.matched, "matches.", "match.")}
      </p>
      <LeftOut found={data} item={item} />
      <FirstFew first={data.first} columns={columns} />
    </div>
  );
}
