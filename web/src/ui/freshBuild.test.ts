import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { reloadAfterDeployment } from "./freshBuild";

const page = new EventTarget();
let reloads: number;

beforeEach(() => {
  reloads = 0;
  sessionStorage.clear();
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("location", { reload: () => (reloads += 1) });
});
afterEach(() => void vi.unstubAllGlobals());

async function missAFile(answer: () => Promise<Response>): Promise<void> {
  vi.stubGlobal("fetch", answer);
  page.dispatchEvent(new Event("vite:preloadError"));
  await new Promise((done) => setTimeout(done));
}

test("it reloads once when a file of it is gone, and not while the network is", async () => {
  reloadAfterDeployment();
  await missAFile(() => Promise.reject(new TypeError("Failed to fetch")));
  expect(reloads).toBe(0);
  await missAFile(() => Promise.resolve(new Response()));
  expect(reloads).toBe(1);
  await missAFile(() => Promise.resolve(new Response()));
  expect(reloads).toBe(1);
});
