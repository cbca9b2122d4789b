import { messageOf } from "../api/problem";
import type { Answer, Item, ItemDetail, ReviewAction } from "../api/types";
import type { May } from "../projects/rights";
import { createStore, type Store } from "../ui/store";
import { ACTIONS, eitherOf, isAllowed, rejectionOf } from "./actions";
import type { Direction, ReviewCommand } from "./keys";
import { wished, type Wish } from "./optimistic";
import { changedOf, type Asked, type Changed, type Reviews } from "./reviews";
import { selectAll, selectNone, extend, goTo, NOWHERE, past, placeOf, step, targetsOf, toggle, visit, type Selection } from "./selection";
import { n, t } from "../words/words";

/** The items at hand, as they were read last. */
export interface Shelf {
  items(): readonly Item[];
  /** One of them, or one that has left the list. */
  find(item: string): Item | undefined;
  put(details: readonly ItemDetail[]): Promise<void>;
  /** Reads these again, and what else is listed with them. */
  reload(changed: readonly string[]): Promise<void>;
  /** Asks for what follows the last item. */
  more(): void;
}

/** An action that needs to know more before it is done. */
export interface Ask {
  readonly action: ReviewAction;
  readonly items: readonly string[];
}

export interface ReviewState {
  readonly selection: Selection;
  readonly view: "grid" | "item" | "correction";
  readonly ask: Ask | null;
  readonly keys: boolean;
  readonly wishes: readonly Wish[];
  /** Warnings stay until something else is said. */
  readonly notice: { readonly text: string; readonly tone: "info" | "warning" } | null;
  /** What others did to items that somebody here was about to change. */
  readonly changed: readonly Changed[];
}

interface Setup {
  readonly reviews: Reviews;
  readonly shelf: Shelf;
  readonly may: May;
  /** The word for one item. */
  readonly word: string;
  /** Told of every correction that was saved. */
  readonly corrected?: (item: string) => void;
}

/** From so many items on, the list is read again at once instead of item by item. */
const FEW = 12;
const AT_ONCE = 500;
const NEAR_THE_END = 8;
const SHOWN_MS = 5000;

/**
 * One reviewer at work on a list of items. Keys act on what is in the store when they are pressed. What is asked for
 * shows at once; requests follow each other, so that nobody's own change looks like somebody else's.
 */
export class ReviewSession {
  readonly state: Store<ReviewState> = createStore<ReviewState>({ selection: NOWHERE, view: "grid", ask: null, keys: false, wishes: [], notice: null, changed: [] });
  private before: Promise<unknown> = Promise.resolve();
  private columns: () => number = () => 1;

  constructor(private readonly setup: Setup) {}

  get may(): May {
    return this.setup.may;
  }

  /** The items as they are shown. */
  items(): Item[] {
    return this.setup.shelf.items().map((item) => wished(item, this.state.get().wishes));
  }

  /** The items that an action would be about: in an open item, that one alone. */
  targets(): Item[] {
    const { selection, view } = this.state.get();
    const opened = selection.cursor === null ? [] : [selection.cursor];
    return (view === "grid" ? targetsOf(selection, this.ids()) : opened).flatMap((id) => this.find(id) ?? []);
  }

  find(id: string): Item | undefined {
    const item = this.setup.shelf.find(id);
    return item === undefined ? undefined : wished(item, this.state.get().wishes);
  }

  /** Registers how many columns the grid has on screen. */
  measure(columns: () => number): void {
    this.columns = columns;
  }

  run(command: ReviewCommand): void {
    const { view, keys } = this.state.get();
    switch (command.do) {
      case "move":
        return this.move(command.to, command.extends);
      case "step":
        return this.walk((selection, ids) => step(selection, ids, command.by));
      case "toggle":
        return this.walk((selection, ids) => toggle(selection, ids, placeOf(selection, ids)));
      case "all":
        return this.walk(selectAll);
      case "none":
        return this.walk(selectNone);
      case "open":
        return this.open();
      case "close":
        return this.update({ view: view === "correction" ? "item" : "grid" });
      case "keys":
        return this.update({ keys: !keys });
      case "correct":
        return this.startCorrecting();
      case "reject":
        return this.start(rejectionOf(this.targets()));
      case "gold":
        return this.start(eitherOf("mark_gold", "unmark_gold", this.targets()));
      case "act":
        return this.start(command.action);
    }
  }

  /** A click: selects the item or not, or with Shift everything up to it. */
  click(id: string, range: boolean): void {
    this.walk((selection, ids) => (range ? extend : toggle)(selection, ids, ids.indexOf(id)));
  }

  /** The keys are about this item from now on. */
  focus(id: string): void {
    if (this.state.get().selection.cursor !== id) this.walk((selection, ids) => ({ ...visit(selection, ids, id), anchor: selection.anchor ?? id }));
  }

  open(id?: string): void {
    if (id !== undefined) this.focus(id);
    if (this.state.get().selection.cursor !== null) this.update({ view: "item" });
  }

  /** Opens an item, or none. */
  show(id: string | null): void {
    if (id === null) this.update({ view: "grid" });
    else this.open(id);
  }

  /** Does what was asked about, now that its details are known. */
  answer(comment: string | null, to: string | null): void {
    const { ask } = this.state.get();
    if (ask === null) return;
    this.update({ ask: null });
    this.carryOut(ask.action, ask.items, comment, to);
  }

  forget(): void {
    this.update({ ask: null });
  }

  /** What changed has been read: one item's, or all of it. */
  dismiss(item?: string): void {
    this.update({ changed: item === undefined ? [] : this.state.get().changed.filter((changed) => changed.item !== item) });
  }

  /** Lets this answer stand, and goes on. */
  settle(id: string, answer: Answer): void {
    const wish: Wish = { items: new Set([id]), after: (item) => ({ ...item, status: "labeled", annotation: annotated(item, answer) }) };
    this.wish(wish);
    this.leave([id]);
    void this.put(id, answer).then(() => this.grant(wish));
  }

  /** Saves a correction and closes it; false when it was refused, and has to be looked at again. `saved` hears of it first. */
  async correct(id: string, answer: Answer, saved: () => void = () => undefined): Promise<boolean> {
    if (!(await this.put(id, answer))) return false;
    saved();
    if (this.state.get().view === "correction") this.update({ view: "item" });
    this.setup.corrected?.(id);
    return true;
  }

  private ids(): string[] {
    return this.setup.shelf.items().map(({ id }) => id);
  }

  private move(to: Direction, extending: boolean): void {
    const columns = this.columns();
    this.walk((selection, ids) => {
      const from = placeOf(selection, ids);
      const places = { left: from - 1, right: from + 1, up: from - columns, down: from + columns, first: 0, last: ids.length - 1 };
      const place = selection.cursor === null ? 0 : places[to];
      const leaves = (to === "up" || to === "down") && (place < 0 || place >= ids.length);
      if (leaves) return selection;
      return (extending ? extend : goTo)(selection, ids, place);
    });
  }

  private walk(way: (selection: Selection, ids: readonly string[]) => Selection): void {
    const ids = this.ids();
    const selection = way(this.state.get().selection, ids);
    this.update({ selection });
    if (selection.at >= ids.length - NEAR_THE_END) this.setup.shelf.more();
  }

  private leave(items: readonly string[]): void {
    this.walk((selection, ids) => past(selection, ids, items));
  }

  private startCorrecting(): void {
    const [item] = this.targets();
    const { cursor } = this.state.get().selection;
    if (cursor === null || item === undefined) return;
    if (!this.may("correct")) return this.say(t("Your role cannot correct answers."), "warning");
    if (item.defect !== null) return this.say(item.defect, "warning");
    this.update({ view: "correction", selection: selectNone(this.state.get().selection) });
  }

  private start(action: ReviewAction): void {
    const { fits, title } = ACTIONS[action];
    const targets = this.targets();
    if (targets.length === 0) return;
    const { word } = this.setup;
    if (!isAllowed(action, this.may)) return this.say(t("Your role cannot do this: {title}.", { title: title.toLowerCase() }), "warning");
    const items = targets.filter(fits).map(({ id }) => id);
    if (items.length === 0) return this.say(targets.length === 1 ? t("“{title}” does not fit this {item}.", { title, item: word }) : t("“{title}” fits none of these {item}s.", { title, item: word }), "warning");
    if (action === "reject" || action === "reject_skip" || action === "assign") this.update({ ask: { action, items } });
    else this.carryOut(action, items, null, null);
  }

  private carryOut(action: ReviewAction, items: readonly string[], comment: string | null, to: string | null): void {
    const seen = this.seen(items);
    const wish: Wish = { items: new Set(items), after: (item) => ACTIONS[action].after(item, to) };
    this.wish(wish);
    this.leave(items);
    void this.inTurn(async () => {
      const { done, changed, problem } = await this.actOn({ action, items, versions: seen, comment, to });
      await this.reread(items);
      if (changed.length > 0) this.tell(changed);
      if (problem !== null) this.say(problem, "warning");
      else if (done > 0) this.say(`${ACTIONS[action].done} ${n(done, "{n} {item}", "{n} {item}s", { item: this.setup.word })}.`, "info");
      this.grant(wish);
    });
  }

  /** The versions of items that nothing of one's own is on the way for. */
  private seen(items: readonly string[]): Record<string, number> {
    const { wishes } = this.state.get();
    const free = items.filter((id) => !wishes.some((wish) => wish.items.has(id)));
    return this.versions(free);
  }

  private versions(items: readonly string[]): Record<string, number> {
    const known = items.flatMap((id) => this.setup.shelf.find(id) ?? []);
    return Object.fromEntries(known.map(({ id, version }) => [id, version]));
  }

  /** Does it to all that are as they were seen; what has changed holds up none of the others. */
  private async actOn(asked: Asked): Promise<{ done: number; changed: Changed[]; problem: string | null }> {
    const versions = { ...this.versions(asked.items), ...asked.versions };
    const changed: Changed[] = [];
    let done = 0;
    let rest = asked.items;
    try {
      while (rest.length > 0) {
        const some = rest.slice(0, AT_ONCE);
        const outcome = await this.actOnSome({ ...asked, items: some, versions: Object.fromEntries(some.map((id) => [id, versions[id] ?? 0])) });
        done += outcome.done.length;
        changed.push(...outcome.changed);
        const settled = new Set([...outcome.done, ...outcome.changed.map(({ item }) => item)]);
        if (settled.size === 0) throw new Error("The server did nothing, and did not say why.");
        rest = rest.filter((id) => !settled.has(id));
      }
      return { done, changed, problem: null };
    } catch (error) {
      return { done, changed, problem: messageOf(error) };
    }
  }

  private async actOnSome(asked: Asked): Promise<{ done: readonly string[]; changed: readonly Changed[] }> {
    try {
      return { done: await this.setup.reviews.act(asked), changed: [] };
    } catch (error) {
      const outcome = changedOf(error);
      if (outcome === null) throw error;
      return outcome;
    }
  }

  private put(id: string, answer: Answer): Promise<boolean> {
    const seen = this.seen([id])[id];
    return this.inTurn(async () => {
      const { reviews, shelf, word } = this.setup;
      try {
        await shelf.put([await reviews.correct(id, answer, seen ?? shelf.find(id)?.version ?? 0)]);
        this.say(t("Settled 1 {item}.", { item: word }), "info");
        return true;
      } catch (error) {
        const outcome = changedOf(error);
        await this.reread([id]);
        if (outcome === null) this.say(messageOf(error), "warning");
        else this.tell(outcome.changed);
        return false;
      }
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.before.then(work);
    this.before = next.catch(() => undefined);
    return next;
  }

  private async reread(items: readonly string[]): Promise<void> {
    const { reviews, shelf } = this.setup;
    if (items.length > FEW) return shelf.reload(items);
    const read = await Promise.allSettled(items.map((id) => reviews.read(id)));
    await shelf.put(read.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : [])));
  }

  private tell(changed: readonly Changed[]): void {
    const items = new Set(changed.map(({ item }) => item));
    this.update({ changed: [...this.state.get().changed.filter(({ item }) => !items.has(item)), ...changed] });
  }

  private wish(wish: Wish): void {
    this.update({ wishes: [...this.state.get().wishes, wish] });
  }

  private grant(wish: Wish): void {
    this.update({ wishes: this.state.get().wishes.filter((other) => other !== wish) });
  }

  /** Says something in a line; a warning stays until something else is said. */
  say(text: string, tone: "info" | "warning"): void {
    const notice = { text, tone };
    this.update({ notice });
    if (tone === "info") setTimeout(() => this.state.get().notice === notice && this.update({ notice: null }), SHOWN_MS);
  }

  private update(change: Partial<ReviewState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}

function annotated(item: Item, answer: Answer): Item["annotation"] {
  const said = item.annotation ?? { user: "", name: null, at: new Date().toISOString(), revision: 0, agreement: null };
  return { ...said, answer, skipped: null, source: "review", approved: false, agreement: null };
}
