import { locale } from "../words/language";
import { t } from "../words/words";

const list = new Intl.ListFormat(locale, { type: "conjunction" });

/** "Images 2 and 5 still need an answer." Positions count from one, as the tiles do. */
export function missingText(positions: readonly number[], item: string): string {
  const first = positions.slice(0, 4).map((position) => String(position + 1));
  const rest = positions.length - first.length;
  const named = list.format(rest > 0 ? [...first, t("{rest} more", { rest })] : first);
  return positions.length === 1 ? t("{Item} {named} still needs an answer.", { item, named }) : t("{Item}s {named} still need an answer.", { item, named });
}
