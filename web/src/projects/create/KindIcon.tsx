import type { KindId } from "../../api/types";

/** What an answer of each kind looks like, in a box of 44 by 32. */
const DRAWN: Readonly<Record<KindId, { readonly lines: string; readonly fills: string }>> = {
  image_multiclass: { lines: "M2 2h40v28H2zM2 23l11-9 9 7 7-5 13 9", fills: "M30 5h9v5h-9z" },
  image_multilabel: { lines: "M2 2h40v28H2zM2 23l11-9 9 7 7-5 13 9", fills: "M30 5h9v4h-9zM30 11h9v4h-9zM20 5h8v4h-8z" },
  object_detection: { lines: "M2 2h40v28H2zM7 9h13v12H7zM24 6h12v18H24z", fills: "" },
  instance_segmentation: { lines: "M2 2h40v28H2zm6 15 6-10 8 3 1 10-8 5zm19-7 7-4 5 9-5 8-6-3z", fills: "" },
  semantic_segmentation: { lines: "M2 2h40v28H2z", fills: "M3 20c8-6 12 2 19-2s10-6 19-3v14H3z" },
  text_multiclass: { lines: "M4 6h28M4 12h34M4 18h31M4 24h20", fills: "M30 22h10v5H30z" },
  text_multilabel: { lines: "M4 6h28M4 12h34M4 18h31M4 24h8", fills: "M30 22h10v5H30zM18 22h10v5H18z" },
  text_ner: { lines: "M4 8h8m12 0h14M4 16h34M4 24h4m16 0h10", fills: "M13 5h10v6H13zM9 21h14v6H9z" },
};

export function KindIcon({ kind }: { kind: KindId }) {
  const { lines, fills } = DRAWN[kind];
  return (
    <svg className="kind-icon" viewBox="0 0 44 32" aria-hidden="true">
      <path className="kind-fills" d={fills} />
      <path className="kind-lines" d={lines} />
    </svg>
  );
}
