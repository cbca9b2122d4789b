import { answerText } from "../answers/answerText";
import { messageOf, Problem } from "../api/problem";
import type { Submission, Task, TaskItem } from "../api/types";
import { withPage, type History, type PastPage } from "../history/history";
import type { Store } from "../ui/store";
import { t } from "../words/words";
import type { Marking } from "./marks/marking";
import { afresh, hasDrafts, pageOf, type Drafts, type Page } from "./page";
import type { Outgoing } from "./session";
import type { LabelingState, Notice } from "./state";
import type { Tasks } from "./tasks";

/** What a walk needs of the session. */
export interface Walker {
  readonly outbox: Outgoing;
  readonly tasks: Tasks;
  readonly marking: Marking | null;
  readonly history: Pick<History, "list" | "add" | "remove">;
  /** Gives an untouched page back. */
  leave(page: Page): void;
  arrived(page: Page | undefined): void;
  say(text: string, tone: Notice["tone"]): void;
  /** What is typed while a page is fetched is for that page: held until it is there, dropped if it does not come. */
  readonly keys: { hold(): void; drop(): void; play(): void };
}

/** Pages of this session that come back just as they were, with what was suggested. */
const REMEMBERED = 20;
const NAME_LENGTH = 80;
/** After so long it is said why keys do nothing. */
const SLOW_MS = 1000;

/** Where the page on screen is in the history; behind its end if it is not of it. */
function placeOf({ pages, history }: LabelingState): number {
  const at = history.findIndex(({ submission }) => submission === pages[0]?.again?.submission);
  return at === -1 ? history.length : at;
}

const nameOf = ({ path, text }: TaskItem): string => text?.slice(0, NAME_LENGTH) ?? path.slice(path.lastIndexOf("/") + 1);

function pastOf(page: Page, { submission, answers }: Submission): PastPage {
  const items = page.task.items.flatMap((item) => {
    const said = answers.find((answer) => answer.item === item.id);
    return said === undefined ? [] : [{ id: item.id, name: nameOf(item), answer: answerText(said.answer, null), skipped: said.skipped ?? null }];
  });
  return { submission, at: Date.now(), items };
}

/** The task with what was suggested when it was on screen the last time: the page looks as it did. */
function asBefore(task: Task, { type, items }: Task): Task {
  const known = (item: TaskItem) => items.find(({ id }) => id === item.id) ?? item;
  const suggested = task.items.map((item) => ({ ...known(item), url: item.url, thumbnail: item.thumbnail ?? null, previous: item.previous, flag: item.flag ?? null, comment: item.comment }));
  return { ...task, type, items: suggested };
}

/** The server tells a labeler's answers, but not why items were skipped. */
function skipsOf({ items }: PastPage): Drafts {
  return Object.fromEntries(items.flatMap(({ id, skipped }) => (skipped === null ? [] : [[id, { labels: [], skipped }]])));
}

/** Back through the pages that were submitted, and forward again. A page that nobody changes on the way stays as it was submitted. */
export class Walk {
  private readonly remembered = new Map<string, Page>();
  /** What was decided, deleted or taken up elsewhere meanwhile. */
  private readonly closed = new Set<string>();

  constructor(private readonly state: Store<LabelingState>, private readonly walker: Walker) {}

  async load(): Promise<void> {
    const history = await this.walker.history.list().catch(() => null);
    if (history !== null) this.update({ history: history.filter(({ submission }) => !this.closed.has(submission)) });
  }

  submitted(page: Page, body: Submission): void {
    const past = pastOf(page, body);
    this.remembered.set(past.submission, { ...page, undo: [], again: null });
    for (const oldest of [...this.remembered.keys()].slice(0, -REMEMBERED)) this.remembered.delete(oldest);
    this.update({ history: withPage(this.state.get().history, past) });
    void this.walker.history.add(past).catch(() => undefined);
  }

  /** Forgets what the server has not, or not any more. */
  forget(submission: string): void {
    const past = this.state.get().history.find((page) => page.submission === submission);
    if (past === undefined) return;
    this.update({ history: this.state.get().history.filter((page) => page !== past) });
    void this.walker.history.remove(past).catch(() => undefined);
  }

  go(by: 1 | -1): Promise<void> {
    return this.holdingKeys(() => this.step(by));
  }

  /** Brings a page back to be looked at, and changed. */
  open(past: PastPage): Promise<void> {
    return this.holdingKeys(() => this.reopen(past));
  }

  private async holdingKeys(walk: () => Promise<void>): Promise<void> {
    const { keys } = this.walker;
    if (this.state.get().reopening) return;
    this.update({ reopening: true });
    keys.hold();
    const slow = setTimeout(() => this.walker.say(t("Fetching your page …"), "info"), SLOW_MS);
    try {
      await walk();
    } finally {
      clearTimeout(slow);
      this.update({ reopening: false });
      keys.play();
    }
  }

  private async step(by: 1 | -1): Promise<void> {
    await this.load();
    const { pages, history } = this.state.get();
    const here = pages[0];
    if (by === 1 && here?.again != null && hasDrafts(here)) {
      this.walker.say(t("You have changed this page: submit it, or undo what you changed."), "info");
      return;
    }
    const past = history[placeOf(this.state.get()) + by];
    if (past !== undefined) await this.reopen(past);
    else if (by === -1) this.walker.say(t("There is no earlier page to take back."), "info");
    else if (here?.again == null) this.walker.say(t("This is your newest page."), "info");
    else this.goOn(here);
  }

  private async reopen(past: PastPage): Promise<void> {
    try {
      this.show(await this.taken(past));
    } catch (error) {
      this.walker.keys.drop();
      if (error instanceof Problem && (error.status === 404 || error.status === 409)) this.close(past);
      this.walker.say(messageOf(error), "warning");
    }
  }

  private close(past: PastPage): void {
    this.closed.add(past.submission);
    this.update({ history: this.state.get().history.filter((page) => page !== past) });
  }

  private goOn(here: Page): void {
    this.walker.leave(here);
    this.walker.arrived(this.state.get().pages[0]);
  }

  private show(page: Page): void {
    const [here] = this.state.get().pages;
    if (here?.again != null && here !== page && !hasDrafts(here)) this.walker.leave(here);
    this.update({ pages: [page, ...this.state.get().pages.filter((other) => other !== page)], phase: "labeling" });
    this.walker.arrived(page);
    const text = page.again === null ? t("This is your last page again. Change what you like and submit it.") : t("You submitted this page. Change what you like; unchanged, it stays as it is.");
    this.walker.say(text, "info");
  }

  private async taken(past: PastPage): Promise<Page> {
    const { outbox, tasks, marking } = this.walker;
    const atHand = this.state.get().pages.find(({ again }) => again?.submission === past.submission);
    if (atHand !== undefined) return atHand;
    const before = this.remembered.get(past.submission);
    if (before === undefined && outbox.isWaiting(past.submission)) throw new Error(t("This page waits for the network. You can change it once it is sent."));
    if (before !== undefined && outbox.withdraw(past.submission)) {
      this.forget(past.submission);
      this.update({ done: Math.max(0, this.state.get().done - past.items.length) });
      return afresh(before);
    }
    await outbox.settled(past.submission);
    const task = await tasks.reopen(past.items.map(({ id }) => id));
    const page = before === undefined ? pageOf(task, marking, { drafts: skipsOf(past), marks: {} }) : pageOf(asBefore(task, before.task), marking, before);
    return { ...page, again: { submission: past.submission, drafts: page.drafts } };
  }

  private update(change: Partial<LabelingState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
