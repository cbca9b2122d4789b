import { Fragment, type ReactNode } from "react";
import { filling, pieces } from "./words";

/** A sentence with elements in its holes: `<Rich text="Press {key} to go on." key={<kbd>N</kbd>} />`. */
export function Rich({ text, ...parts }: { text: string; [hole: string]: ReactNode }) {
  const words = typeof parts.item === "string" ? { item: parts.item } : {};
  return pieces(text).map((piece, index) => <Fragment key={index}>{index % 2 === 0 ? piece : (parts[piece] ?? filling(piece, words))}</Fragment>);
}
