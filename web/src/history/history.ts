import { answerText, countsText } from "../answers/answerText";
import { below, type Database } from "../drafts/database";
import { draftsOf } from "../drafts/drafts";

/** What was said of one item. */
export interface PastItem {
  readonly id: string;
  /** Its file's name, or how its text begins. */
  readonly name: string;
  readonly answer: string;
  readonly skipped: string | null;
}

/** A page that this labeler has submitted from this browser. */
export interface PastPage {
  readonly submission: string;
  readonly at: number;
  readonly items: readonly PastItem[];
}

const KEPT = 200;

export const isSkipped = ({ items }: PastPage): boolean => items.some(({ skipped }) => skipped !== null);

/** Its name, or that of the first of several. */
export const titleOf = ({ items }: PastPage): string => items[0]?.name ?? "";

/** What was said on the page, in a line. */
export function saidOf({ items }: PastPage): string {
  const said = items.map(({ answer, skipped }) => (skipped === null ? answer : answerText(null, skipped)));
  return said.length === 1 ? (said[0] ?? "") : countsText(said);
}

const itemsOf = ({ items }: PastPage): string => items.map(({ id }) => id).join("+");

/** The history with a page at its end. Submitted again, a page is in it once. */
export function withPage(history: readonly PastPage[], page: PastPage): PastPage[] {
  const others = history.filter((other) => itemsOf(other) !== itemsOf(page));
  return [...others, page].slice(-KEPT);
}

/** A labeler's last pages in a project, whichever window of this browser they were submitted from. */
export class History {
  private readonly prefix: string;

  constructor(private readonly database: Database, user: string, project: string) {
    this.prefix = draftsOf(user, project);
  }

  /** The oldest first. */
  async list(): Promise<PastPage[]> {
    const found = await this.database.read<PastPage>("history", below(this.prefix));
    return found.sort((a, b) => a.at - b.at);
  }

  async add(page: PastPage): Promise<void> {
    await this.database.exchange<PastPage>("history", below(this.prefix), (found, store) => {
      const kept = withPage(found.sort((a, b) => a.at - b.at), page);
      for (const other of found) if (!kept.includes(other)) store.delete(this.keyOf(other));
      store.put(page, this.keyOf(page));
    });
  }

  async remove(page: PastPage): Promise<void> {
    await this.database.change(["history"], (store) => store("history").delete(this.keyOf(page)));
  }

  private keyOf(page: PastPage): string {
    return this.prefix + itemsOf(page);
  }
}
