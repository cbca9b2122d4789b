import type { Answer } from "../api/types";
import { TextBody } from "../text/TextBody";
import { piecesOf } from "./spanPieces";
import { spansOf } from "./spans";
import "./answered.css";

interface AnsweredTextProps {
  text: string;
  columns: Readonly<Record<string, string>> | null;
  answer: Answer | null;
  colors: ReadonlyMap<string, string>;
  size: number;
}

/** A text as it was answered: with its entities, where it has some. */
export function AnsweredText({ text, columns, answer, colors, size }: AnsweredTextProps) {
  const spans = spansOf(answer, text);
  if (spans.length === 0) return <TextBody text={text} columns={columns} size={size} />;
  return (
    <p className="text-body" dir="auto" style={{ fontSize: size }}>
      {piecesOf(text, spans).map(({ text: piece, labels, begins }, index) =>
        labels.length === 0 ? (
          piece
        ) : (
          <mark key={index} className="entity" title={labels.join(", ")} style={{ borderColor: colors.get(labels[0] ?? "") }}>
            {piece}
            {begins.length > 0 && <span className="entity-label"> {begins.join(", ")}</span>}
          </mark>
        ),
      )}
    </p>
  );
}
