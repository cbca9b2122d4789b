import { afterEach, describe, expect, test, vi } from "vitest";
import { Problem } from "../api/problem";
import { LEASE_MS, memoryOutboxStorage, until } from "../testing/fakeServer";
import { key, LABELS, newSession, testBrowser } from "../testing/newSession";
import type { LabelingSession } from "./session";

let open: LabelingSession[] = [];
afterEach(() => {
  for (const session of open) session.stop();
  open = [];
  sessionStorage.clear();
});

function start(options: Parameters<typeof newSession>[0] = {}) {
  const made = newSession(options);
  open.push(made.session);
  made.session.start();
  const state = () => made.session.state.get();
  return { ...made, state, page: () => state().pages[0], press: (name: string) => made.session.press(key(name)) };
}

describe("typing without waiting", () => {
  test.each([1, 4, 9] as const)("40 x (digits, Enter) on pages of %i give every item its own answer", async (layout) => {
    const { server, press, page } = start({ items: 40 * layout, layout });
    await until(() => page() !== undefined);
    const wanted: [string, string][] = [];
    for (let typed = 0; typed < 40; typed++) {
      for (let cell = 0; cell < layout; cell++) {
        const digit = (typed * 7 + cell) % 9;
        wanted.push([`i${typed * layout + cell}`, LABELS[digit] ?? ""]);
        press(String(digit + 1));
      }
      press("Enter");
    }
    await until(() => server.submissions.length === 40);
    expect(server.said()).toEqual(wanted);
  });

  test("keys typed long before a page arrives are dropped, not played on an image nobody has seen", async () => {
    const { server, press, state, page } = start({ items: 3, layout: 1 });
    server.online = false;
    await until(() => state().problem !== null);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    press("1");
    server.online = true;
    open[0]?.recheck();
    await until(() => page() !== undefined);
    expect(page()?.drafts).toEqual({});
  });
});

describe("submitting", () => {
  test("says which images are missing and goes to the first of them", async () => {
    const { server, press, page, state } = start();
    await until(() => page() !== undefined);
    press("1");
    press("ArrowRight");
    press("2");
    press("Enter");
    expect(state().notice?.text).toBe("Images 2 and 4 still need an answer.");
    expect(page()?.cursor).toBe(1);
    expect(server.submissions).toEqual([]);
  });

  test("has the next page with decoded images at hand before it is asked for", async () => {
    const loaded: string[] = [];
    const load = (url: string) => Promise.resolve({ size: [8, 8] as const }).finally(() => loaded.push(url));
    const { press, page, state } = start({ load });
    await until(() => state().pages.length === 2 && loaded.length === 8);
    const next = state().pages[1];
    for (const digit of "1111") press(digit);
    press("Enter");
    expect(page()).toBe(next);
  });

  test("counts what was done, and ends on an empty queue", async () => {
    const { press, state, page } = start({ items: 1, layout: 1 });
    await until(() => page() !== undefined);
    press("3");
    press("Enter");
    await until(() => state().phase === "empty");
    expect(state().done).toBe(1);
  });
});

describe("taking the last page back", () => {
  test("asks the server once the page is there, and keeps the next page behind it", async () => {
    const { server, press, page, state, outbox } = start({ layout: 1 });
    await until(() => state().pages.length === 4);
    press("1");
    press("Enter");
    await until(() => outbox.state.get().saved === 1);
    press("Backspace");
    await until(() => server.reopened.length === 1 && page()?.task.items[0]?.id === "i0");
    expect(page()?.drafts).toEqual({ i0: { labels: ["ant"], skipped: null } });
    expect(state().pages[1]?.task.items[0]?.id).toBe("i1");
    press("2");
    press("Enter");
    await until(() => server.submissions.length === 2);
    expect(server.said()).toEqual([["i0", "ant"], ["i0", "bee"]]);
  });

  test("needs no server while the page is still waiting for the network", async () => {
    const { server, press, page, state, outbox } = start({ layout: 1 });
    await until(() => state().pages.length === 4);
    server.online = false;
    press("1");
    press("Enter");
    await until(() => outbox.state.get().offline);
    press("Backspace");
    await until(() => page()?.task.items[0]?.id === "i0");
    expect(server.reopened).toEqual([]);
    expect(outbox.state.get().waiting).toEqual([]);
  });
});

describe("keys typed while the last page is taken back", () => {
  async function afterOnePage(items = 9) {
    const made = start({ items, layout: 1 });
    await until(() => made.page() !== undefined);
    made.press("1");
    made.press("Enter");
    await until(() => made.outbox.state.get().saved === 1);
    return made;
  }

  test("are for it, not for the page on screen", async () => {
    const { server, press } = await afterOnePage();
    for (const name of ["Backspace", "2", "Enter"]) press(name);
    await until(() => server.submissions.length === 2);
    expect(server.said()).toEqual([["i0", "ant"], ["i0", "bee"]]);
  });

  test("are dropped if it does not come", async () => {
    const { server, press, page, state } = await afterOnePage();
    server.reopen = () => Promise.reject(new Problem(409, "It is settled."));
    press("Backspace");
    press("2");
    await until(() => state().notice?.text === "It is settled.");
    await until(() => !state().reopening);
    expect(page()?.drafts).toEqual({});
  });

  test("it is said why they do nothing, if that takes long", async () => {
    const { server, press, page, state } = await afterOnePage();
    server.reopen = () => new Promise(() => undefined);
    press("Backspace");
    press("2");
    await until(() => state().notice?.text === "Fetching your page …");
    expect(page()?.drafts).toEqual({});
  });

  test("a key that is held does not run back through all pages", async () => {
    const { session, server, press, state } = await afterOnePage();
    press("2");
    press("Enter");
    await until(() => server.submissions.length === 2);
    press("Backspace");
    for (let repeat = 0; repeat < 5; repeat++) session.press({ ...key("Backspace"), repeat: true });
    await until(() => server.reopened.length > 0 && !state().reopening);
    expect(server.reopened).toEqual([["i1"]]);
  });

  test("the last page comes back while the next is on its way, and where there is none", async () => {
    const { server, press, page } = start({ items: 1, layout: 1 });
    await until(() => page() !== undefined);
    server.claim = () => new Promise(() => undefined);
    press("1");
    press("Enter");
    press("Backspace");
    await until(() => page()?.task.items[0]?.id === "i0");
    expect(page()?.drafts).toEqual({ i0: { labels: ["ant"], skipped: null } });
  });
});

describe("a lease that is lost", () => {
  const gone = () => Promise.reject(new Problem(409, "The task is gone."));

  test("keeps the answers on screen and marks the page", async () => {
    const { session, server, press, page, state } = start({ leaseMs: 10 * LEASE_MS });
    await until(() => state().pages.length === 2);
    press("1");
    server.renew = gone;
    session.awake(true);
    await until(() => page()?.lapsed === true);
    expect(page()?.drafts).toEqual({ i0: { labels: ["ant"], skipped: null } });
  });

  test("replaces a page without answers and says why", async () => {
    const { session, server, page, state } = start({ leaseMs: 10 * LEASE_MS });
    await until(() => state().pages.length === 2);
    server.renew = gone;
    session.awake(true);
    await until(() => page()?.task.id === "t2");
    expect(state().notice?.text).toContain("went back to the queue");
  });
});

test("an idle page gives its images to others and claims nothing until somebody is back", async () => {
  const { session, server, press, state } = start({ leaseMs: 0, items: 8 });
  await until(() => state().pages.length === 2);
  server.expire(session.state);
  session.awake(true);
  await until(() => state().phase === "away");
  await until(() => server.givenBack.length === 2);
  press("Enter");
  await until(() => state().phase === "empty");
});

describe("keeping work", () => {
  test("a reload brings back the page, its drafts and the next page", async () => {
    const browser = testBrowser();
    const before = start({ browser });
    await until(() => before.state().pages.length === 2);
    before.press("1");
    before.press("2");
    before.session.flush();
    const after = start({ browser, server: before.server });
    await until(() => after.state().pages.length === 2);
    expect(after.state().pages.map((page) => page.task.id)).toEqual(["t0", "t1"]);
    expect(after.page()?.drafts).toEqual({ i0: { labels: ["ant"], skipped: null }, i1: { labels: ["bee"], skipped: null } });
    after.press("z");
    expect(Object.keys(after.page()?.drafts ?? {})).toEqual(["i0"]);
  });

  test("the next window goes on with the pages of one that was killed, and not with those of one that lives", async () => {
    const browser = testBrowser();
    const killed = start({ browser, seat: "killed" });
    await until(() => killed.state().pages.length === 2);
    killed.press("1");
    killed.session.flush();
    const living = start({ browser, server: killed.server, seat: "living" });
    await until(() => living.page() !== undefined);
    expect(living.page()?.drafts).toEqual({});
    browser.seats.leave("killed");
    const next = start({ browser, server: killed.server, seat: "next" });
    await until(() => next.state().pages.length === 2);
    expect(next.page()?.drafts).toEqual({ i0: { labels: ["ant"], skipped: null } });
  });

  test("takes the pages of windows that are gone before it says that nothing is left", async () => {
    const browser = testBrowser();
    const other = start({ browser, seat: "other", layout: 1, items: 5 });
    await until(() => other.page() !== undefined);
    await until(() => other.state().pages.length === 4);
    other.press("1");
    other.session.flush();
    const idle = start({ browser, server: other.server, seat: "idle", layout: 1 });
    await until(() => idle.page() !== undefined);
    browser.seats.leave("other");
    idle.press("2");
    idle.press("Enter");
    await until(() => idle.page()?.task.id === "t0" && idle.page()?.drafts.i0?.labels[0] === "ant");
  });

  test("a page whose lease has ended comes back with its drafts, and goes on if nobody has it", async () => {
    const browser = testBrowser();
    const before = start({ browser });
    await until(() => before.state().pages.length === 2);
    before.press("1");
    before.server.expire(before.session.state);
    before.session.flush();
    const renew = vi.spyOn(before.server, "renew").mockRejectedValue(new Problem(409, "gone"));
    const refused = start({ browser, server: before.server });
    await until(() => refused.page()?.lapsed === true);
    await until(() => refused.state().pages.length === 2);
    expect(refused.state().pages.map(({ task }) => task.id)).toEqual(["t0", "t2"]);
    renew.mockRestore();
    refused.session.stop();
    const after = start({ browser, server: before.server });
    await until(() => after.page()?.lapsed === false);
    expect(after.page()?.drafts).toEqual({ i0: { labels: ["ant"], skipped: null } });
  });

  test("what the outbox could not store stays a draft until the server has it", async () => {
    const browser = testBrowser();
    const full = { ...memoryOutboxStorage(), put: () => Promise.reject(new DOMException("full", "QuotaExceededError")) };
    const before = start({ browser, layout: 1, outboxStorage: full });
    await until(() => before.page() !== undefined);
    before.server.online = false;
    before.press("1");
    before.session.flush();
    before.press("Enter");
    before.session.flush();
    const after = start({ browser, server: before.server, layout: 1 });
    await until(() => after.page()?.drafts.i0 !== undefined);
    expect(after.page()?.drafts).toEqual({ i0: { labels: ["ant"], skipped: null } });
    before.server.online = true;
    before.outbox.retryNow();
    await until(() => before.server.submissions.length === 1 && before.state().outgoing.length === 0);
  });

  test("a smaller layout keeps the answers of the whole page", async () => {
    const { session, server, press, page, state } = start({ layout: 9 });
    await until(() => state().pages.length === 2);
    press("5");
    session.setLayout(4);
    for (const digit of "111") press(digit);
    press("Enter");
    expect(page()?.cursor).toBe(4);
    for (const digit of "2222") press(digit);
    press("Enter");
    press("3");
    press("Enter");
    await until(() => server.submissions.length === 1);
    expect(server.said().map(([, label]) => label)).toEqual(["elk", "ant", "ant", "ant", "bee", "bee", "bee", "bee", "cat"]);
  });

  test("a larger layout replaces an untouched page and gives it back", async () => {
    const { session, server, page, state } = start({ layout: 4 });
    await until(() => state().pages.length === 2);
    session.setLayout(9);
    await until(() => page()?.task.items.length === 9 && server.givenBack.length === 2);
    expect(server.givenBack.sort()).toEqual(["t0", "t1"]);
  });

  test("leaving gives untouched pages to others and keeps the drafted one", async () => {
    const { session, server, press, state } = start();
    await until(() => state().pages.length === 2);
    press("1");
    session.stop();
    await until(() => server.givenBack.length === 1);
    expect(server.givenBack).toEqual(["t1"]);
  });
});
