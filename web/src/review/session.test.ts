import { expect, test, vi } from "vitest";
import { Problem } from "../api/problem";
import type { Answer, Item, ItemDetail } from "../api/types";
import type { Right } from "../projects/rights";
import { changedOf, type Asked, type Reviews } from "./reviews";
import { ReviewSession, type Shelf } from "./session";

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

function item(id: string, more: Partial<Item> = {}): Item {
  const annotation = { answer: { labels: ["cat"] }, skipped: null, user: "ben", name: "Ben", at: "2026-11-21T14:00:00Z", revision: 1, source: "manual" as const, approved: false, agreement: null };
  return {
    id, path: `${id}.png`, status: "labeled", version: 1, text: null, columns: null, url: null, width: null, height: null, frames: null, defect: null, annotation,
    prelabel: null, confidence: null, confidences: null, trusted: null, unsure: [], gold: false, flags: [], reserved_for: null, voters: 1, ...more,
  };
}

const skipped = (id: string) => item(id, { status: "skipped", annotation: null });

/** The server as far as reviewing goes: it does what it is asked to items of the version that was seen. */
class FakeReviews implements Reviews {
  readonly asked: Asked[] = [];
  refusal: Problem | null = null;

  constructor(readonly items: Map<string, Item>) {}

  act(asked: Asked): Promise<readonly string[]> {
    this.asked.push(asked);
    if (this.refusal !== null) return Promise.reject(this.refusal);
    const stale = asked.items.filter((id) => asked.versions[id] !== this.items.get(id)?.version);
    if (stale.length > 0) return Promise.reject(changedProblem(stale.map((id) => this.items.get(id)).filter((found) => found !== undefined)));
    for (const id of asked.items) this.change(id, (before) => ({ ...before, annotation: before.annotation && { ...before.annotation, approved: asked.action === "approve" } }));
    return Promise.resolve(asked.items);
  }

  correct(id: string, answer: Answer, version: number): Promise<ItemDetail> {
    const now = this.items.get(id);
    if (now?.version !== version) return Promise.reject(changedProblem(now === undefined ? [] : [now]));
    this.change(id, (before) => ({ ...before, status: "labeled", annotation: before.annotation && { ...before.annotation, answer } }));
    return this.read(id);
  }

  read(id: string): Promise<ItemDetail> {
    const found = this.items.get(id);
    if (found === undefined) return Promise.reject(new Error(id));
    return Promise.resolve({ ...found, history: [], votes: [], events: [], candidate: null, agreement: null, etag: "" });
  }

  change(id: string, to: (item: Item) => Item): void {
    const before = this.items.get(id);
    if (before !== undefined) this.items.set(id, { ...to(before), version: before.version + 1 });
  }
}

function changedProblem(items: readonly Item[]): Problem {
  const changed = items.map(({ id, version, status }) => ({ item: id, version, status, by: "cem", action: "approved" }));
  return new Problem(412, "changed", {}, null, "items-changed", { changed, done: [] });
}

class FakeShelf implements Shelf {
  constructor(private list: Item[]) {}
  items = () => this.list;
  find = (id: string) => this.list.find((one) => one.id === id);
  put = (details: readonly ItemDetail[]) => {
    this.list = this.list.map((one) => details.find(({ id }) => id === one.id) ?? one);
    return Promise.resolve();
  };
  reload = vi.fn(() => Promise.resolve());
  more = vi.fn();
}

function start(items: Item[], rights: readonly Right[] = ["approve", "reject", "assign", "mark_gold", "correct"]) {
  const server = new FakeReviews(new Map(items.map((one) => [one.id, one])));
  const shelf = new FakeShelf(items);
  const session = new ReviewSession({ reviews: server, shelf, may: (right) => rights.includes(right), word: "image" });
  return { server, shelf, session };
}

const approved = (session: ReviewSession) => session.items().filter(({ annotation }) => annotation?.approved).map(({ id }) => id);

test("an action shows at once, goes to the next item, and stays when the server has done it", async () => {
  const { session, server } = start([item("a"), item("b"), item("c")]);
  session.run({ do: "move", to: "right", extends: false });
  session.run({ do: "act", action: "approve" });
  session.run({ do: "act", action: "approve" });
  expect(approved(session)).toEqual(["a", "b"]);
  expect(session.state.get().selection.cursor).toBe("c");
  await settled();
  expect(session.state.get().wishes).toEqual([]);
  expect(approved(session)).toEqual(["a", "b"]);
  expect(server.asked.map(({ items, versions }) => [items, versions])).toEqual([[["a"], { a: 1 }], [["b"], { b: 1 }]]);
});

test("what the server refuses is taken back, with what it said", async () => {
  const { session, server } = start([item("a")]);
  server.refusal = new Problem(409, "It is gone.");
  session.run({ do: "move", to: "right", extends: false });
  session.run({ do: "act", action: "approve" });
  expect(approved(session)).toEqual(["a"]);
  await settled();
  expect(approved(session)).toEqual([]);
  expect(session.state.get().notice).toMatchObject({ tone: "warning", text: "It is gone." });
});

test("what somebody else changed is told and read again, and holds up nothing else", async () => {
  const { session, server } = start([item("a"), item("b"), item("c")]);
  server.change("b", (before) => ({ ...before, gold: true }));
  session.run({ do: "all" });
  session.run({ do: "act", action: "approve" });
  await settled();
  expect(approved(session)).toEqual(["a", "c"]);
  expect(session.state.get().changed).toMatchObject([{ item: "b", by: "cem", action: "approved", version: 2 }]);
  expect(session.find("b")).toMatchObject({ gold: true, version: 2 });
  session.dismiss("b");
  expect(session.state.get().changed).toEqual([]);
});

test("one's own change does not look like somebody else's", async () => {
  const { session } = start([item("a")]);
  session.run({ do: "move", to: "right", extends: false });
  session.run({ do: "act", action: "approve" });
  session.run({ do: "act", action: "unapprove" });
  expect(approved(session)).toEqual([]);
  await settled();
  expect(approved(session)).toEqual([]);
  expect(session.state.get().changed).toEqual([]);
});

test("rejecting asks for a comment first; skips are put back instead", async () => {
  const { session, server } = start([item("a"), skipped("b")]);
  session.run({ do: "move", to: "right", extends: false });
  session.run({ do: "reject" });
  expect(session.state.get().ask).toEqual({ action: "reject", items: ["a"] });
  session.answer("Look at the ears", "cem");
  expect(session.find("a")).toMatchObject({ status: "pending", annotation: null, reserved_for: "cem" });
  session.run({ do: "reject" });
  expect(session.state.get().ask).toEqual({ action: "reject_skip", items: ["b"] });
  session.forget();
  await settled();
  expect(server.asked).toMatchObject([{ action: "reject", comment: "Look at the ears", to: "cem" }]);
});

test("only what fits is acted on, and what fits nothing is said", () => {
  const { session, server } = start([item("a"), skipped("b")]);
  session.run({ do: "all" });
  session.run({ do: "act", action: "accept_skip" });
  expect(session.find("b")?.status).toBe("removed");
  expect(session.find("a")?.status).toBe("labeled");
  session.run({ do: "act", action: "unapprove" });
  expect(session.state.get().notice?.tone).toBe("warning");
  expect(server.asked.length).toBeLessThan(2);
});

test("a role without the right does nothing", async () => {
  const { session, server } = start([item("a")], ["reject"]);
  session.run({ do: "move", to: "right", extends: false });
  session.run({ do: "act", action: "approve" });
  session.run({ do: "correct" });
  await settled();
  expect(server.asked).toEqual([]);
  expect(session.state.get()).toMatchObject({ view: "grid", notice: { tone: "warning" } });
});

test("a correction of what has changed is not saved, and can be saved again", async () => {
  const { session, server } = start([item("a")]);
  session.open("a");
  session.run({ do: "correct" });
  server.change("a", (before) => before);
  await expect(session.correct("a", { labels: ["dog"] })).resolves.toBe(false);
  expect(session.state.get()).toMatchObject({ view: "correction", changed: [{ item: "a" }] });
  await expect(session.correct("a", { labels: ["dog"] })).resolves.toBe(true);
  expect(session.state.get().view).toBe("item");
  expect(session.find("a")?.annotation?.answer).toEqual({ labels: ["dog"] });
});

test("in an open item, keys are about that one, whatever is selected", () => {
  const { session } = start([item("a"), item("b"), item("c")]);
  session.run({ do: "all" });
  session.open("b");
  session.run({ do: "act", action: "approve" });
  expect(approved(session)).toEqual(["b"]);
  expect(session.state.get().selection.cursor).toBe("c");
});

test("towards the end of the list, more is asked for", () => {
  const { session, shelf } = start(Array.from({ length: 20 }, (_, index) => item(String(index))));
  session.open("3");
  expect(shelf.more).not.toHaveBeenCalled();
  session.open("13");
  expect(shelf.more).toHaveBeenCalled();
});

test("only a 412 says what changed", () => {
  expect(changedOf(new Problem(409, "no"))).toBeNull();
  expect(changedOf(changedProblem([item("a", { version: 4 })]))).toMatchObject({ changed: [{ item: "a", version: 4 }], done: [] });
});
