import { beforeEach, expect, test } from "vitest";
import { FakeStorage } from "../../testing/fakeStorage";
import { BLOCK_BYTES, WHOLE_BYTES } from "./blob";
import { Pace, settled, share } from "./progress";
import { pauseMs } from "./storage";
import { upload, type Outgoing, type Upload } from "./upload";

let storage: FakeStorage;
let pauses: number[];

beforeEach(() => {
  storage = new FakeStorage();
  pauses = [];
});

const file = (path: string, content: string): Outgoing => ({ path, file: new File([content], path) });
const herd = (count: number) => Array.from({ length: count }, (_, index) => file(`${index}.png`, `picture ${index}`));

function send(files: readonly Outgoing[], more: Partial<Upload> = {}) {
  const wire = { fetch: storage.fetch, pause: (ms: number) => Promise.resolve(void pauses.push(ms)) };
  return upload({ files, overwrite: false, sign: storage.sign, signal: new AbortController().signal, onProgress: () => undefined, wire, ...more });
}

test("every file arrives, and all bytes are counted", async () => {
  const { progress, left, problem } = await send(herd(20));
  expect([progress.stored, progress.settledBytes, left.length, problem]).toEqual([20, progress.bytes, 0, null]);
  expect(await storage.blobs.get("7.png")?.text()).toBe("picture 7");
});

test("what is there already is left as it is, and is no failure", async () => {
  storage.blobs.set("0.png", new Blob(["older"]));
  const { progress } = await send(herd(3));
  expect([progress.stored, progress.there, progress.failed]).toEqual([2, 1, []]);
  expect(await storage.blobs.get("0.png")?.text()).toBe("older");
  expect((await send(herd(3), { overwrite: true })).progress.stored).toBe(3);
  expect(await storage.blobs.get("0.png")?.text()).toBe("picture 0");
});

test("a broken connection and a busy storage are tried again, as late as they ask for", async () => {
  storage.faults = ["cut", 503];
  const { progress } = await send(herd(1));
  expect([progress.stored, pauses]).toEqual([1, [1000, 7000]]);
  expect([pauseMs(2, null), pauseMs(0, "3")]).toEqual([4000, 3000]);
});

test("a file whose answer was lost counts as sent", async () => {
  storage.faults = ["lost"];
  expect((await send(herd(1))).progress).toMatchObject({ stored: 1, there: 0 });
});

test("a storage that cannot be reached ends it, and the rest can be sent later", async () => {
  storage.faults = Array.from({ length: 24 }, () => "cut");
  const first = await send(herd(10));
  expect(first.problem).toBe("The storage cannot be reached.");
  expect([first.progress.failed, first.left.length]).toEqual([[], 10]);
  storage.faults = [];
  const { progress, left } = await send(first.left, { earlier: first.progress });
  expect([progress.stored, progress.total, share(progress), left]).toEqual([10, 10, 1, []]);
});

test("going on sends only what is left, and counts all", async () => {
  storage.faults = [400];
  const first = await send(herd(4));
  expect(first.progress.failed).toEqual([{ path: "0.png", reason: "The storage answered 400." }]);
  expect([settled(first.progress), first.left.map(({ path }) => path)]).toEqual([4, ["0.png"]]);
  storage.asked.length = 0;
  expect((await send(first.left, { earlier: first.progress })).progress).toMatchObject({ stored: 4, total: 4, failed: [] });
  expect(storage.asked).toEqual(["0.png whole"]);
});

test("a large file goes in blocks, of which a broken connection costs one", async () => {
  const content = new Uint8Array(WHOLE_BYTES + 3).map((_, index) => index / 1_000_000);
  storage.faults = ["cut", "lost"];
  const { progress } = await send([{ path: "large.tif", file: new File([content], "large.tif") }]);
  const blocks = WHOLE_BYTES / BLOCK_BYTES + 1;
  expect(storage.asked.filter((asked) => asked === "large.tif block")).toHaveLength(blocks + 2);
  const arrived = new Uint8Array((await storage.blobs.get("large.tif")?.arrayBuffer()) ?? []);
  const edges = Array.from({ length: blocks }, (_, number) => number * BLOCK_BYTES);
  expect([arrived.length, edges.map((at) => arrived[at])]).toEqual([content.length, edges.map((at) => content[at])]);
  expect([progress.stored, progress.settledBytes]).toEqual([1, content.length]);
});

test("a large file that was cut off goes on where it was", async () => {
  const file = new File([new Uint8Array(WHOLE_BYTES + 3)], "large.tif");
  const cutAfterTwo = ({ settledBytes }: { settledBytes: number }) => {
    if (settledBytes === 2 * BLOCK_BYTES) storage.faults = ["cut", "cut", "cut", "cut"];
  };
  const first = await send([{ path: "large.tif", file }], { onProgress: cutAfterTwo });
  expect([first.progress.settledBytes, first.left.length]).toEqual([0, 1]);
  storage.asked.length = 0;
  const { progress } = await send(first.left, { earlier: first.progress });
  expect(storage.asked).toEqual(["large.tif block", "large.tif block", "large.tif block", "large.tif blocklist"]);
  expect([progress.stored, progress.settledBytes, storage.blobs.get("large.tif")?.size]).toEqual([1, file.size, file.size]);
});

test("an address whose time is over is asked for again, once for all files", async () => {
  storage.validFrom = 2;
  const { progress } = await send(herd(20));
  expect([progress.stored, storage.asked.length <= 26]).toEqual([20, true]);
  storage.validFrom = 1000;
  expect((await send(herd(1))).progress.failed).toEqual([{ path: "0.png", reason: "The storage answered 403." }]);
});

test("it can be stopped", async () => {
  const control = new AbortController();
  const { progress, left, problem } = await send(herd(30), { signal: control.signal, onProgress: ({ stored }) => (stored === 6 ? control.abort() : undefined) });
  expect([progress.failed, problem]).toEqual([[], null]);
  expect(left.length).toBe(30 - progress.stored);
  expect(left.length).toBeGreaterThan(0);
});

test("the pace is that of the last ten seconds", () => {
  const pace = new Pace(0);
  expect(pace.add(500, 500)).toBe(500);
  expect(pace.add(1500, 2000)).toBe(1000);
  expect(pace.add(4000, 20_000)).toBe(400);
});
