import { expect, test } from "vitest";
import type { Answer, Doubt, Item, ItemDetail } from "../api/types";
import type { Right } from "../projects/rights";
import type { Asked, Reviews } from "../review/reviews";
import { ReviewSession, type Shelf } from "../review/session";
import { DoubtDesk } from "./desk";
import { doubtCommand, type DoubtCommand } from "./keys";

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

const cat: Answer = { labels: ["cat"] };
const dog: Answer = { labels: ["dog"] };

function item(id: string): Item {
  const annotation = { answer: cat, skipped: null, user: "ben", name: "Ben", at: "2026-11-21T14:00:00Z", revision: 1, source: "manual" as const, approved: false, agreement: null };
  return {
    id, path: `${id}.png`, status: "labeled", version: 1, text: null, columns: null, url: null, width: null, height: null, frames: null, defect: null, annotation,
    prelabel: null, confidence: null, confidences: null, trusted: null, unsure: [], gold: false, flags: [], reserved_for: null, voters: 1,
  };
}

/** The server and what was read of it, in one: it does what it is asked to. */
class Doubted implements Reviews, Shelf {
  readonly asked: string[] = [];
  private readonly now = new Map(["a", "b", "c"].map((id) => [id, item(id)]));
  private readonly first = [...this.now.values()];

  items = () => [...this.now.values()];
  find = (id: string) => this.now.get(id);
  put = () => Promise.resolve();
  reload = () => Promise.resolve();
  more = () => undefined;

  doubtOf(id: string): Doubt | undefined {
    const found = this.first.find((one) => one.id === id);
    return found && { item: found, doubt: 0.9, suggested: dog };
  }

  act({ action, items }: Asked): Promise<readonly string[]> {
    for (const id of items) this.change(id, `${action} ${id}`, { approved: action === "approve" });
    return Promise.resolve(items);
  }

  correct(id: string, answer: Answer): Promise<ItemDetail> {
    this.change(id, `correct ${id} ${JSON.stringify(answer)}`, { answer, source: "review", approved: false });
    return this.read(id);
  }

  read(id: string): Promise<ItemDetail> {
    const found = this.now.get(id) ?? item(id);
    return Promise.resolve({ ...found, etag: "", history: [], votes: [], candidate: null, agreement: null, events: [] } as unknown as ItemDetail);
  }

  change(id: string, what: string, said: Partial<NonNullable<Item["annotation"]>>): void {
    this.asked.push(what);
    const before = this.now.get(id);
    if (before?.annotation != null) this.now.set(id, { ...before, version: before.version + 1, annotation: { ...before.annotation, ...said } });
  }
}

function start(...rights: Right[]) {
  const server = new Doubted();
  const session = new ReviewSession({ reviews: server, shelf: server, may: (right) => rights.includes(right), word: "image" });
  session.open("a");
  const desk = new DoubtDesk(session, server);
  const press = async (...wanted: DoubtCommand["do"][]) => {
    for (const each of wanted) desk.run(each === "step" ? { do: "step", by: 1 } : { do: each });
    await settled();
  };
  return { server, desk, press, here: () => session.state.get().selection.cursor, notice: () => session.state.get().notice?.text };
}

const DOG = JSON.stringify(dog);
const CAT = JSON.stringify(cat);

test("keeping approves, taking corrects, and both go on to the next", async () => {
  const { server, desk, press, here } = start("approve", "correct");
  await press("keep", "take");
  expect(server.asked).toEqual(["approve a", `correct b ${DOG}`]);
  expect([here(), desk.decided.get().length]).toEqual(["c", 2]);
});

test("decisions are taken back, the last one first", async () => {
  const { server, desk, press, here } = start("approve", "correct");
  await press("keep", "take");
  await press("undo");
  expect(here()).toBe("b");
  await press("undo");
  expect(server.asked.slice(2)).toEqual([`correct b ${CAT}`, "unapprove a"]);
  expect([here(), desk.decided.get()]).toEqual(["a", []]);
});

test("what somebody else has changed since is not taken back", async () => {
  const { server, press, notice } = start("approve", "correct");
  await press("take");
  server.change("a", "somebody else", { answer: { labels: ["emu"] } });
  await press("undo");
  expect(server.asked).toEqual([`correct a ${DOG}`, "somebody else"]);
  expect(notice()).toContain("not as you left it");
});

test("who may not approve moves on, and who may not correct is told", async () => {
  const reviewer = start("correct");
  await reviewer.press("keep");
  expect([reviewer.server.asked, reviewer.here(), reviewer.desk.decided.get()]).toEqual([[], "b", []]);
  expect(reviewer.notice()).toContain("not saved");
  const customer = start("approve");
  await customer.press("take");
  expect([customer.server.asked, customer.here(), customer.notice()]).toEqual([[], "a", "Your role cannot correct answers."]);
});

test("nothing is taken back where nothing was decided", async () => {
  const { server, press, notice } = start("approve", "correct");
  await press("step", "undo");
  expect([server.asked, notice()]).toEqual([[], "There is nothing to take back."]);
});

test("keys are letters, without others held", () => {
  const press = (key: string, more: object = {}) => doubtCommand({ key, code: "", altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, repeat: false, ...more });
  expect([press("A"), press("t"), press("ArrowLeft"), press("x"), press("constructor")]).toEqual([{ do: "keep" }, { do: "take" }, { do: "step", by: -1 }, null, null]);
  expect([press("a", { ctrlKey: true }), press("t", { repeat: true }), press("n", { repeat: true })]).toEqual([null, null, { do: "step", by: 1 }]);
});
