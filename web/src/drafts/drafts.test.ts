import { describe, expect, test, vi } from "vitest";
import { pageOf, type Page } from "../label/page";
import { taskOf } from "../testing/fakeServer";
import { Database } from "./database";
import { Drafts } from "./drafts";
import { fakeSeats } from "../testing/fakeSeats";

let made = 0;

function desk(onKept?: (kept: boolean) => void) {
  const database = new Database(`drafts-${++made}`);
  const seats = fakeSeats();
  const sit = (id: string, user = "ana") => new Drafts(database, user, "p", seats.take(id), onKept);
  return { database, seats, sit };
}

const drafted = (task: string, label: string): Page => ({ ...pageOf(taskOf(task, [`${task}-item`])), drafts: { [`${task}-item`]: { labels: [label], skipped: null } } });
const said = (pages: readonly Page[]) => pages.map(({ task, drafts }) => [task.id, drafts[`${task.id}-item`]?.labels[0]]);

describe("Drafts", () => {
  test("a page and its drafts outlive the tab, in their order", async () => {
    const { seats, sit } = desk();
    const first = sit("a");
    first.note([drafted("t2", "ant"), drafted("t1", "bee")]);
    await first.flush();
    seats.leave("a");
    expect(said(await sit("b").adopt())).toEqual([["t2", "ant"], ["t1", "bee"]]);
  });

  test("the pages of a living tab are its own, and one dead tab's pages go to one tab", async () => {
    const { seats, sit } = desk();
    for (const seat of ["a", "b"]) {
      const drafts = sit(seat);
      drafts.note([drafted(`t-${seat}`, "ant")]);
      await drafts.flush();
    }
    seats.leave("a");
    const [c, d] = await Promise.all([sit("c").adopt(), sit("d").adopt()]);
    expect(said([...c, ...d])).toEqual([["t-a", "ant"]]);
  });

  test("the same tab gets its pages back after a reload, before those of others", async () => {
    const { seats, sit } = desk();
    for (const seat of ["a", "b"]) {
      const drafts = sit(seat);
      drafts.note([drafted(`t-${seat}`, "ant")]);
      await drafts.flush();
    }
    seats.leave("a");
    expect(said(await sit("b").adopt()).map(([task]) => task)).toEqual(["t-b", "t-a"]);
  });

  test("others on the same browser see nothing of it", async () => {
    const { seats, sit } = desk();
    const drafts = sit("a");
    drafts.note([drafted("t", "ant")]);
    await drafts.flush();
    seats.leave("a");
    expect(await sit("b", "an").adopt()).toEqual([]);
  });

  test("what is at hand no more is forgotten, and only what has changed is written", async () => {
    const { database, seats, sit } = desk();
    const drafts = sit("a");
    const [stays, goes] = [drafted("t1", "ant"), drafted("t2", "bee")];
    drafts.note([stays, goes]);
    await drafts.flush();
    const change = vi.spyOn(database, "change");
    drafts.note([stays]);
    await drafts.flush();
    drafts.note([stays]);
    await drafts.flush();
    expect(change).toHaveBeenCalledTimes(1);
    seats.leave("a");
    expect(said(await sit("b").adopt())).toEqual([["t1", "ant"]]);
  });

  test("is written soon after the first change, however many follow", async () => {
    const { database, sit } = desk();
    const drafts = sit("a");
    await drafts.adopt();
    const change = vi.spyOn(database, "change");
    for (let nudge = 0; nudge < 20; nudge++) {
      drafts.note([drafted("t", `label ${nudge}`)]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(change.mock.calls.length).toBeGreaterThan(1);
    expect(change.mock.calls.length).toBeLessThan(6);
  });

  test("says when the browser has no room, and when it has again", async () => {
    const heard: boolean[] = [];
    const { database, sit } = desk((kept) => heard.push(kept));
    const drafts = sit("a");
    vi.spyOn(database, "change").mockRejectedValueOnce(new DOMException("full", "QuotaExceededError"));
    drafts.note([drafted("t", "ant")]);
    await drafts.flush();
    drafts.note([drafted("t", "bee")]);
    await drafts.flush();
    expect(heard).toEqual([false, true]);
  });

  test("counts what is held in other windows, as long as it is", async () => {
    const { sit } = desk();
    const other = sit("a");
    other.note([drafted("t1", "ant"), pageOf(taskOf("t2", ["x", "y"], 1000))]);
    await other.flush();
    expect(await sit("b").heldElsewhere(Date.now())).toBe(1);
    expect(await other.heldElsewhere(Date.now())).toBe(0);
  });
});
