import { targets, type Page } from "./page";

/** The page with this note on what a label would go to now; null takes it away. */
export function flag(page: Page, note: string | null): Page {
  const ids = targets(page);
  const others = Object.entries(page.flags).filter(([id]) => !ids.includes(id));
  return { ...page, flags: Object.fromEntries(note === null ? others : [...others, ...ids.map((id) => [id, note] as const)]) };
}

/** What is flagged, by its number on the page. */
export function flagsOn(page: Page): { number: number; note: string }[] {
  return page.task.items.flatMap(({ id }, index) => {
    const note = page.flags[id];
    return note === undefined ? [] : [{ number: index + 1, note }];
  });
}

/** The note on what the next one would replace. */
export function noteHere(page: Page): string | null {
  return targets(page).flatMap((id) => page.flags[id] ?? [])[0] ?? null;
}
