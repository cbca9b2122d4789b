import { describe, expect, test, vi } from "vitest";
import { Problem } from "../api/problem";
import type { Submitted } from "../api/types";
import { memoryOutboxStorage, until } from "../testing/fakeServer";
import { Database } from "../drafts/database";
import { Outbox } from "./outbox";
import { indexedDbStorage, type OutboxEntry } from "./outboxStorage";

const entry = (id: string, user = "ana"): OutboxEntry => ({
  id, user, project: "p", task: `task of ${id}`, at: Number(id.slice(1)), refused: null, body: { submission: id, answers: [] },
});
const saved = ({ body }: OutboxEntry): Promise<Submitted> => Promise.resolve({ submission: body.submission, results: [] });

describe("Outbox", () => {
  test("sends in order and forgets what is acknowledged", async () => {
    const sent: string[] = [];
    const storage = memoryOutboxStorage();
    const outbox = new Outbox("ana", (one) => saved((sent.push(one.id), one)), storage);
    await Promise.all([outbox.add(entry("s1")), outbox.add(entry("s2"))]);
    await until(() => outbox.state.get().saved === 2);
    expect(sent).toEqual(["s1", "s2"]);
    expect(storage.entries.size).toBe(0);
  });

  test("keeps everything while there is no network and sends it with the same id afterwards", async () => {
    let online = false;
    const sent: string[] = [];
    const outbox = new Outbox("ana", (one) => (online ? saved((sent.push(one.id), one)) : Promise.reject(new Problem(0, "offline"))), memoryOutboxStorage());
    await outbox.add(entry("s1"));
    await outbox.add(entry("s2"));
    await until(() => outbox.state.get().offline);
    expect(outbox.state.get().waiting.map(({ id }) => id)).toEqual(["s1", "s2"]);
    online = true;
    outbox.retryNow();
    await until(() => outbox.state.get().waiting.length === 0);
    expect(sent).toEqual(["s1", "s2"]);
    expect(outbox.state.get().offline).toBe(false);
  });

  test("takes up what an earlier visit left in IndexedDB, but only the same person's", async () => {
    const storage = indexedDbStorage(new Database("left-behind"));
    await storage.put(entry("s2"));
    await storage.put(entry("s1"));
    await storage.put(entry("s3", "ben"));
    const sent: string[] = [];
    const outbox = new Outbox("ana", (one) => saved((sent.push(one.id), one)), storage);
    await outbox.open();
    await until(() => sent.length === 2);
    expect(sent).toEqual(["s1", "s2"]);
    await until(() => outbox.state.get().saved === 2);
    expect((await storage.all()).map(({ id }) => id)).toEqual(["s3"]);
  });

  test("shows a refusal, goes on with the rest, and keeps it until dismissed", async () => {
    const storage = memoryOutboxStorage();
    const send = (one: OutboxEntry) => (one.id === "s1" ? Promise.reject(new Problem(409, "The task is gone.")) : saved(one));
    const outbox = new Outbox("ana", send, storage);
    await outbox.add(entry("s1"));
    await outbox.add(entry("s2"));
    await until(() => outbox.state.get().saved === 1);
    expect(outbox.state.get().refused).toMatchObject([{ id: "s1", refused: "The task is gone." }]);
    expect(storage.entries.has("s1")).toBe(true);
    outbox.dismiss("s1");
    expect(storage.entries.has("s1")).toBe(false);
  });

  test("waits as long as the server asks", async () => {
    vi.useFakeTimers();
    let asked = 0;
    const busy = () => Promise.reject(new Problem(503, "Busy", {}, 5000));
    const outbox = new Outbox("ana", () => (asked++, busy()), memoryOutboxStorage());
    await outbox.add(entry("s1"));
    await vi.advanceTimersByTimeAsync(4900);
    expect(asked).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toBe(2);
    vi.useRealTimers();
  });

  test("gives back what has not left, never what is on its way", async () => {
    const outbox = new Outbox("ana", () => new Promise(() => undefined), memoryOutboxStorage());
    await outbox.add(entry("s1"));
    await outbox.add(entry("s2"));
    expect(outbox.withdraw("s1")).toBe(false);
    expect(outbox.withdraw("s2")).toBe(true);
    expect(outbox.state.get().waiting.map(({ id }) => id)).toEqual(["s1"]);
  });
});
