import { capital } from "../ui/wording";

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** "Images 2 and 5 still need an answer." Positions count from one, as the tiles do. */
export function missingText(positions: readonly number[], item: string): string {
  const first = positions.slice(0, 4).map((position) => String(position + 1));
  const rest = positions.length - first.length;
  const named = list.format(rest > 0 ? [...first, `${rest} more`] : first);
  return positions.length === 1 ? `${capital(item)} ${named} still needs an answer.` : `${capital(item)}s ${named} still need an answer.`;
}
