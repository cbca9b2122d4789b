import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fetchAhead, wanted } from "./soon";

let network: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  network = new EventTarget();
  vi.stubGlobal("addEventListener", network.addEventListener.bind(network));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what is wanted is fetched two seconds later, with what that wants in turn", async () => {
  const fetched: string[] = [];
  wanted(async () => {
    await Promise.resolve(fetched.push("keys"));
    wanted(() => Promise.resolve(fetched.push("editor of keys")));
  });
  wanted(() => Promise.resolve(fetched.push("reasons")));
  fetchAhead();
  await vi.advanceTimersByTimeAsync(1999);
  expect(fetched).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(fetched).toEqual(["keys", "reasons", "editor of keys"]);
  fetchAhead();
  await vi.runAllTimersAsync();
  expect(fetched).toHaveLength(3);
});

test("what could not be fetched is, when the network is back", async () => {
  let away = true;
  const asked: boolean[] = [];
  wanted(() => {
    asked.push(away);
    return away ? Promise.reject(new TypeError("Failed to fetch")) : Promise.resolve();
  });
  fetchAhead();
  await vi.runAllTimersAsync();
  expect(asked).toEqual([true]);
  away = false;
  network.dispatchEvent(new Event("online"));
  await vi.runAllTimersAsync();
  expect(asked).toEqual([true, false]);
});

test("a page that is left at once fetches nothing", async () => {
  let fetched = 0;
  wanted(() => Promise.resolve((fetched += 1)));
  fetchAhead()();
  await vi.runAllTimersAsync();
  expect(fetched).toBe(0);
});
