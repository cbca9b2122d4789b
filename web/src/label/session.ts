import type { TaskItem } from "../api/types";
import type { Kind } from "../kinds/kinds";
import { createStore, type Store } from "../ui/store";
import { skip, type Size } from "./answer";
import { ActiveClock, SEEN_MS, spend } from "./clock";
import { BROKEN, decides, needsPage, pageAfter } from "./commands";
import type { Images } from "./images";
import { commandFor, modeOf, type Command, type KeyContext, type KeyPress, type Overlay } from "./keys";
import { storeLayout, type Layout } from "./layout";
import { Keeping, type Keep } from "./keeping";
import { Leases } from "./leases";
import type { Outbox } from "../outbox/outbox";
import { History } from "../history/history";
import { recent } from "./pace";
import { currentItem } from "./marks/document";
import type { Marking, MarkingHost, MarkingState, Surface } from "./marks/marking";
import { hasDrafts, isFresh, isSuggested, missing, moveTo, pageOf, targets, unseenFrom, visible, type Page } from "./page";
import { selectNone } from "./select";
import { Sending } from "./sending";
import { initialState, type LabelingState, type Notice } from "./state";
import { Supply } from "./supply";
import type { Tasks } from "./tasks";
import { TypeAhead } from "./typeAhead";
import { Walk } from "./walk";
import { missingText } from "./wording";
import { t } from "../words/words";

export interface SessionSetup {
  readonly user: string;
  readonly project: string;
  readonly kind: Kind;
  /** Label paths by key. */
  readonly keys: KeyContext["labels"];
  readonly leaseMs: number;
  readonly layout: Layout;
  readonly tasks: Tasks;
  readonly outbox: Outgoing;
  readonly images: Images;
  /** Where work is kept; null where none is. */
  readonly keep: Keep | null;
  /** How marks are made, for kinds that have them. */
  readonly marking: Marking | null;
  /** Whether masks may share pixels. */
  readonly overlap: boolean;
  /** The label to mark with until another is chosen. */
  readonly firstLabel: string | null;
}

/** What of the outbox a session needs. */
export type Outgoing = Pick<Outbox, "add" | "withdraw" | "isWaiting" | "settled" | "onSettled">;

const NO_HISTORY = { list: () => Promise.resolve([]), add: () => Promise.resolve(), remove: () => Promise.resolve() };

const unselected = (marking: MarkingState): MarkingState => ({ ...marking, selected: new Set(), drawn: false, hidden: new Set(), fixed: new Set(), pending: null, caret: 0 });

/**
 * One labeler at work on one project. Everything a key press needs is read from the store when the
 * key is pressed, and pages that are at hand follow each other without waiting for the network.
 */
export class LabelingSession {
  readonly state: Store<LabelingState>;
  private readonly supply: Supply;
  private readonly leases: Leases;
  private readonly keeping: Keeping | null;
  private readonly sending: Sending;
  readonly walk: Walk;
  private readonly clock = new ActiveClock();
  private readonly typeAhead = new TypeAhead();
  private mark = 0;
  /** When the items on screen came there, by the clock. */
  private shownAt = 0;
  private focusSearch: () => void = () => undefined;
  private surface: Surface | null = null;
  /** What the commands of a kind with marks may see and change. */
  readonly host: MarkingHost;
  private unsubscribe: (() => void)[] = [];

  constructor(private readonly setup: SessionSetup) {
    const { marking, firstLabel } = setup;
    this.state = createStore(initialState(setup.layout, Date.now(), { tool: marking?.firstTool ?? "select", label: firstLabel }));
    this.supply = new Supply(this.state, setup.tasks, setup.images, (task) => pageOf(task, marking), () => this.replay(), () => this.adopted());
    this.leases = new Leases(this.state, setup.tasks, setup.leaseMs, (page) => this.lost(page));
    const { keep, user, project } = setup;
    this.keeping = keep === null ? null : new Keeping(this.state, keep, user, project);
    this.walk = this.newWalk();
    this.sending = new Sending(this.state, setup, { refused: (id) => this.walk.forget(id), warn: (text) => this.notify(text, "warning") });
    this.host = {
      marks: setup.kind.marks,
      overlap: setup.overlap,
      surface: () => this.surface,
      read: () => this.state.get(),
      update: (change) => this.update(change),
      size: () => this.sizeNow(),
      say: (text) => this.notify(text, "info"),
    };
  }

  start(): void {
    this.unsubscribe = [
      this.state.subscribe(() => this.keeping?.note()),
      this.sending.start(),
    ];
    this.leases.start();
    this.supply.start(this.opened());
  }

  /** Resolves once what an earlier visit left is on screen. */
  private async opened(): Promise<void> {
    await Promise.all([this.keeping?.open(), this.walk.load()]);
    this.mark = this.shownAt = this.clock.read();
    await this.leases.revive();
  }

  /** Leaves the page: drafts stay for the way back, everything else goes to others. */
  stop(): void {
    this.supply.stop();
    this.leases.stop();
    for (const page of this.state.get().pages) if (!hasDrafts(page)) this.supply.drop(page);
    for (const unsubscribe of this.unsubscribe) unsubscribe();
    this.keeping?.note();
    this.keeping?.close();
  }

  /** Takes a key press; false when it means nothing here. */
  press(press: KeyPress): boolean {
    const page = this.page;
    const { overlay, phase } = this.state.get();
    if (phase === "away" && press.key === "Enter") {
      this.recheck();
      return true;
    }
    const command = commandFor(press, this.keyContext(page, overlay));
    if (command === null) return false;
    if (!this.waits(command)) this.run(command);
    else if (!press.repeat || needsPage(command)) this.typeAhead.keep(press);
    return true;
  }

  /** Whether the page that the command is for, or the keys before it, is still on its way. */
  private waits(command: Command): boolean {
    const { overlay, phase, reopening } = this.state.get();
    if (overlay !== null) return false;
    return reopening || (this.page === null && phase === "loading" && (needsPage(command) || !this.typeAhead.empty));
  }

  private keyContext(page: Page | null, overlay: Overlay | null): KeyContext {
    const { keys, kind, marking } = this.setup;
    const context = { mode: modeOf(kind), overlay, labels: keys, pageIsFresh: page === null || isFresh(page) };
    return marking === null ? context : { ...context, marking: (id, press) => marking.commandFor(id, press) };
  }

  run(command: Command): void {
    this.leases.touch();
    if (this.setup.marking?.run(command, this.host) === true) this.clearWarning();
    else if (command.do === "open") this.update({ overlay: command.overlay });
    else if (command.do === "close") this.update({ overlay: null });
    else if (command.do === "lastPages") this.update({ lastPages: !this.state.get().lastPages });
    else if (command.do === "instructions") this.update({ instructions: !this.state.get().instructions });
    else if (command.do === "submit") this.submit();
    else if (command.do === "back") void this.walk.go(-1);
    else if (command.do === "walk") void this.walk.go(command.by);
    else if (command.do === "search") this.focusSearch();
    else this.decide(command);
  }

  skipWith(reason: string): void {
    const { layout } = this.state.get();
    this.change((page) => this.timed(page, (timed) => skip(timed, reason, layout)));
    this.update({ overlay: null });
  }

  /** Attaches what shows the item on screen; it is asked about keys that only it can answer. */
  attach(surface: Surface): () => void {
    this.surface = surface;
    return () => (this.surface = null);
  }

  /** Registers the search field, which must have the focus before the next key arrives. */
  onSearch(focus: () => void): () => void {
    this.focusSearch = focus;
    return () => (this.focusSearch = () => undefined);
  }

  change(step: (page: Page) => Page): void {
    const [first, ...rest] = this.state.get().pages;
    if (first === undefined) return;
    this.leases.touch();
    this.update({ pages: [step(first), ...rest] });
  }

  setLayout(layout: Layout): void {
    if (layout === this.state.get().layout) return;
    storeLayout(layout);
    this.update({ layout });
    // What is selected may be off the screen now.
    this.change(selectNone);
    void this.supply.resize();
  }

  get images(): Images {
    return this.setup.images;
  }

  /** Skips an item that cannot be shown. */
  skipBroken(item: TaskItem): void {
    const at = this.page?.task.items.findIndex(({ id }) => id === item.id) ?? 0;
    this.change((page) => moveTo({ ...page, selected: new Set() }, at));
    this.skipWith(BROKEN);
  }

  noteSize(item: TaskItem, shown: string, size: Size): void {
    this.setup.images.noteSize(item, shown, size);
  }

  recheck(): void {
    this.leases.touch();
    if (this.state.get().phase === "away") this.update({ phase: "loading" });
    this.supply.more();
  }

  awake(visibleNow: boolean): void {
    if (visibleNow) this.clock.resume();
    else this.clock.pause();
    if (visibleNow) void this.leases.tick();
    else this.flush();
  }

  /** How long the page on screen has been looked at. */
  get secondsHere(): number {
    const before = Object.values(this.page?.seconds ?? {}).reduce((sum, seconds) => sum + seconds, 0);
    return this.page === null ? 0 : before + (this.clock.read() - this.mark) / 1000;
  }

  /** How many items this labeler holds in other windows. */
  async heldElsewhere(): Promise<number> {
    return (await this.keeping?.heldElsewhere()) ?? 0;
  }

  /** Writes what is not kept yet: the window may be gone the moment after. */
  flush(): void {
    this.keeping?.flush();
  }

  private get page(): Page | null {
    return this.state.get().pages[0] ?? null;
  }

  private decide(command: Command): void {
    const { kind } = this.setup;
    const { layout, overlay } = this.state.get();
    const step = (page: Page) => pageAfter(page, command, kind, layout);
    this.change((page) => (decides(command) ? this.timed(page, step) : step(page)));
    if (command.do === "reason" && overlay === "skip") this.update({ overlay: null });
    if (command.do === "undo") this.update({ notice: null });
    this.clearWarning();
  }

  private clearWarning(): void {
    if (this.state.get().notice?.tone === "warning") this.update({ notice: null });
  }

  private timed(page: Page, step: (page: Page) => Page): Page {
    const now = this.clock.read();
    const elapsed = now - this.mark;
    this.mark = now;
    return step(spend(page, targets(page), elapsed));
  }

  private submit(): void {
    const page = this.page;
    if (page === null || this.surface?.finish() === true) return;
    if (page.again !== null && !hasDrafts(page)) return void this.walk.go(1);
    if (this.isUnseen(page)) return;
    const open = missing(page);
    const { start, items } = visible(page, this.state.get().layout);
    const here = open.filter((index) => index >= start && index < start + items.length);
    const first = here[0] ?? open[0];
    const next = first ?? unseenFrom(page, this.state.get().layout);
    if (next === null) return this.send(page);
    if (!here.includes(next)) this.shownAt = this.clock.read();
    this.change((current) => moveTo(current, next));
    if (here.length > 0) this.notify(missingText(here.map((index) => index - start), this.setup.kind.item), "warning");
  }

  /** Nothing marked is an answer, and so is what was suggested, but not where nobody has had time to look. */
  private isUnseen(page: Page): boolean {
    const { items } = visible(page, this.state.get().layout);
    if (this.setup.marking === null) return this.clock.read() - this.shownAt < SEEN_MS && items.some((item) => isSuggested(page, item));
    const item = currentItem(page);
    if (item === undefined || page.drafts[item.id] !== undefined || !isFresh(page)) return false;
    const begun = page.marks[item.id]?.marks.length === 0 || isSuggested(page, item);
    return begun && this.surface?.seen(item.id) !== true;
  }

  private sizeNow(): { width: number; height: number } | null {
    const item = currentItem(this.page ?? undefined);
    const [width, height] = (item === undefined ? null : this.setup.images.sizeOf(item)) ?? [];
    return width === undefined || height === undefined ? null : { width, height };
  }

  private send(page: Page): void {
    const everyone = page.task.items.map((item) => item.id);
    const timed = spend(page, everyone, this.clock.read() - this.mark);
    const body = this.sending.bodyOf(timed);
    this.turn(page);
    this.walk.submitted(page, body);
    void this.sending.send(page.task.id, body);
    this.supply.more();
  }

  private turn(page: Page): void {
    const state = this.state.get();
    const pages = state.pages.slice(1);
    const now = Date.now();
    const items = page.again === null ? page.task.items.length : 0;
    this.mark = this.shownAt = this.clock.read();
    this.update({
      pages,
      phase: pages.length > 0 ? "labeling" : "loading",
      notice: null,
      done: state.done + items,
      marks: [...recent(state.marks, now), { at: now, items }],
      marking: unselected(state.marking),
    });
    if (pages.length === 0) this.typeAhead.begin();
    this.setup.images.release(page.task);
  }

  private newWalk(): Walk {
    const { outbox, tasks, marking, keep, user, project, images } = this.setup;
    return new Walk(this.state, {
      outbox, tasks, marking,
      history: keep === null ? NO_HISTORY : new History(keep.database, user, project),
      leave: (page) => {
        this.supply.drop(page);
        this.update({ phase: this.page === null ? "loading" : "labeling", marking: unselected(this.state.get().marking) });
        this.supply.more();
      },
      arrived: (page) => {
        this.mark = this.shownAt = this.clock.read();
        this.update({ marking: unselected(this.state.get().marking) });
        this.keeping?.flush();
        if (page !== undefined) void images.prepare(page.task);
      },
      say: (text, tone) => this.notify(text, tone),
      keys: { hold: () => this.typeAhead.begin(), drop: () => this.typeAhead.drop(), play: () => this.playKeys() },
    });
  }

  private lost(page: Page): void {
    if (hasDrafts(page)) {
      const pages = this.state.get().pages.map((other) => (other.task.id === page.task.id ? { ...other, lapsed: true } : other));
      return this.update({ pages });
    }
    const onScreen = this.page?.task.id === page.task.id;
    this.supply.drop(page);
    if (!this.leases.active) {
      if (this.page === null) this.update({ phase: "away" });
      return;
    }
    if (onScreen && page.again === null) this.notify(t("Those {item}s went back to the queue. Here are others.", { item: this.setup.kind.item }), "info");
    if (this.page === null) this.update({ phase: "loading" });
    this.supply.more();
  }

  private async adopted(): Promise<Page[]> {
    return (await this.keeping?.adopt()) ?? [];
  }

  private replay(): void {
    if (this.state.get().pages.length === 1) this.mark = this.shownAt = this.clock.read();
    this.playKeys();
  }

  private playKeys(): void {
    this.typeAhead.replay(() => this.page !== null && !this.state.get().reopening, (press) => this.press(press));
  }

  private notify(text: string, tone: Notice["tone"]): void {
    this.update({ notice: { text, tone, at: Date.now() } });
  }

  private update(change: Partial<LabelingState>): void {
    this.state.set({ ...this.state.get(), ...change });
  }
}
