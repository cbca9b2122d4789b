import { afterEach, describe, expect, test, vi } from "vitest";
import { Problem } from "../api/problem";
import { until } from "../testing/fakeServer";
import { key, newSession, testBrowser } from "../testing/newSession";
import type { LabelingSession } from "./session";

let open: LabelingSession[] = [];
afterEach(() => {
  for (const session of open) session.stop();
  open = [];
  sessionStorage.clear();
});

/** A session that has submitted so many pages of one item. */
async function labeled(count: number, options: Parameters<typeof newSession>[0] = {}) {
  const made = newSession({ layout: 1, ...options });
  const { session, server, outbox } = made;
  open.push(session);
  session.start();
  const state = () => session.state.get();
  const press = (name: string) => session.press(key(name));
  for (let done = 1; done <= count; done++) {
    await until(() => state().pages.length > 0);
    press("1");
    press("Enter");
    await until(() => outbox.state.get().saved === done);
  }
  await until(() => state().pages.length === 4);
  const item = () => state().pages[0]?.task.items[0]?.id;
  const walk = async (by: 1 | -1) => {
    const before = item();
    session.run({ do: "walk", by });
    await until(() => item() !== before);
  };
  return { session, server, outbox, state, press, item, walk };
}

describe("walking through one's last pages", () => {
  test("goes back one by one and forward again to where one was, and submits nothing", async () => {
    const { walk, item, server, state } = await labeled(7);
    const present = item();
    const seen: (string | undefined)[] = [];
    for (let back = 0; back < 7; back++) {
      await walk(-1);
      seen.push(item());
    }
    expect(seen).toEqual(["i6", "i5", "i4", "i3", "i2", "i1", "i0"]);
    for (let forward = 0; forward < 7; forward++) await walk(1);
    expect(item()).toBe(present);
    expect(server.submissions).toHaveLength(7);
    await until(() => server.givenBack.length === 13);
    expect([state().done, state().history.length]).toEqual([7, 7]);
  });

  test("Enter leaves an untouched page as it is, and submits a changed one, which becomes the newest", async () => {
    const { walk, item, press, server, state } = await labeled(3);
    await walk(-1);
    await walk(-1);
    expect(item()).toBe("i1");
    press("Enter");
    await until(() => item() === "i2");
    expect(server.submissions).toHaveLength(3);
    press("4");
    press("Enter");
    await until(() => server.submissions.length === 4);
    expect(server.said().at(-1)).toEqual(["i2", "dog"]);
    expect(state().history.map(({ items }) => [items[0]?.id, items[0]?.answer])).toEqual([["i0", "ant"], ["i1", "ant"], ["i2", "dog"]]);
    expect(state().done).toBe(3);
  });

  test("what is typed after Enter on an untouched page is for the page that follows", async () => {
    const { walk, item, press, server, state } = await labeled(2);
    const present = item();
    await walk(-1);
    press("Enter");
    press("2");
    await until(() => item() === present);
    expect(state().pages[0]?.drafts).toEqual({ [present ?? ""]: { labels: ["bee"], skipped: null } });
    expect(server.submissions).toHaveLength(2);
  });

  test("a changed page is neither left nor lost", async () => {
    const { session, walk, item, press, state } = await labeled(2);
    await walk(-1);
    press("4");
    session.run({ do: "walk", by: 1 });
    await until(() => state().notice?.text.includes("You have changed this page") === true);
    await walk(-1);
    expect(item()).toBe("i0");
    await walk(1);
    expect(item()).toBe("i1");
    expect(state().pages[0]?.drafts.i1?.labels).toEqual(["dog"]);
  });

  test("another window goes back through the same pages, and finds what was skipped", async () => {
    const browser = testBrowser();
    const first = await labeled(2, { browser, seat: "first" });
    first.session.skipWith("Blurry or dark");
    first.press("Enter");
    await until(() => first.outbox.state.get().saved === 3);
    const second = await labeled(0, { browser, seat: "second", server: first.server });
    await until(() => second.state().history.length === 3);
    await second.walk(-1);
    expect(second.item()).toBe("i2");
    expect(second.state().pages[0]?.drafts.i2).toEqual({ labels: [], skipped: "Blurry or dark" });
    await second.walk(1);
    expect(first.server.submissions).toHaveLength(3);
  });

  test("what cannot be taken back any more is told, and passed by the next time", async () => {
    const { session, server, state, walk, item } = await labeled(2);
    vi.spyOn(server, "reopen").mockRejectedValueOnce(new Problem(409, "Your answer counts no more."));
    session.run({ do: "walk", by: -1 });
    await until(() => state().notice?.text === "Your answer counts no more.");
    await walk(-1);
    expect(item()).toBe("i0");
  });

  test("says where it ends", async () => {
    const { session, state } = await labeled(0);
    session.run({ do: "walk", by: -1 });
    await until(() => state().notice?.text === "There is no earlier page to take back.");
    session.run({ do: "walk", by: 1 });
    await until(() => state().notice?.text === "This is your newest page.");
  });
});
