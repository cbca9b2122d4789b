import { expect, test } from "vitest";
import { Problem } from "../api/problem";
import { createStore } from "../ui/store";
import { FakeServer, LEASE_MS, taskOf } from "../testing/fakeServer";
import { Leases } from "./leases";
import { pageOf } from "./page";
import { initialState, type LabelingState } from "./state";

function leased(expiresIn: number) {
  const clock = { now: 1_000_000 };
  const server = new FakeServer(0);
  const page = pageOf(taskOf("t", ["a"], clock.now + expiresIn));
  const state = createStore<LabelingState>({ ...initialState(1, 0), pages: [page] });
  const lost: string[] = [];
  const leases = new Leases(state, server, LEASE_MS, ({ task }) => lost.push(task.id), () => clock.now);
  return { clock, server, state, leases, lost };
}

test("renews at half time while somebody works", async () => {
  const { clock, server, leases, state } = leased(LEASE_MS);
  await leases.tick();
  expect(server.renewed).toEqual([]);
  clock.now += LEASE_MS / 2 + 1;
  leases.touch();
  await leases.tick();
  expect(server.renewed).toEqual(["t"]);
  expect(Date.parse(state.get().pages[0]?.task.expires ?? "")).toBeGreaterThan(clock.now + LEASE_MS / 2);
});

test("lets the lease of an idle page run out, and says so", async () => {
  const { clock, server, leases, lost } = leased(LEASE_MS);
  clock.now += LEASE_MS * 0.9;
  await leases.tick();
  expect(server.renewed).toEqual([]);
  clock.now += LEASE_MS * 0.2;
  await leases.tick();
  expect(lost).toEqual(["t"]);
});

test("a lost network is not a lost lease, a refusal is", async () => {
  const { server, leases, lost } = leased(LEASE_MS / 4);
  leases.touch();
  server.online = false;
  await leases.tick();
  expect(lost).toEqual([]);
  server.renew = () => Promise.reject(new Problem(409, "gone"));
  await leases.tick();
  expect(lost).toEqual(["t"]);
});
