import { describe, expect, it } from "vitest";
import type { Backup } from "../api/types";
import { busy, sizeText, stateOf } from "./backups";

const DONE: Backup = {
  id: "b", project: "p", name: "Roses", path: "backups/p/b.zip", created_at: "2026-11-21T12:00:00Z", created_by: "ana", version: "0.1.0",
  status: "done", progress: 1, size: 2_500_000, rows: 9, blobs: 2, error: null, url: "https://x", restoration: null,
};
const RESTORATION = { at: "2026-11-21T13:00:00Z", by: "ana", name: null, moved: false, status: "running", progress: 0.349, error: null } as const;

describe("sizes", () => {
  it.each([
    [0, "0 bytes"],
    [999, "999 bytes"],
    [1000, "1 KB"],
    [1234, "1.2 KB"],
    [56_789, "57 KB"],
    [2_500_000, "2.5 MB"],
    [3_000_000_000, "3 GB"],
    [5e15, "5,000 TB"],
  ])("says %d bytes", (bytes, text) => expect(sizeText(bytes)).toBe(text));
});

describe("states", () => {
  it.each<[Partial<Backup>, string, boolean, boolean]>([
    [{}, "2.5 MB", false, false],
    [{ status: "queued", progress: 0 }, "Being written: 0 %", false, true],
    [{ status: "running", progress: 0.999 }, "Being written: 99 %", false, true],
    [{ status: "failed", error: "The disk is full." }, "The disk is full.", true, false],
    [{ restoration: RESTORATION }, "Being restored: 34 %", false, true],
    [{ restoration: { ...RESTORATION, status: "failed", error: "It is damaged." } }, "It is damaged.", true, false],
    [{ restoration: { ...RESTORATION, status: "done" } }, "2.5 MB, restored", false, false],
  ])("of %j", (change, text, bad, working) => {
    const backup = { ...DONE, ...change };
    expect(stateOf(backup)).toEqual({ text, bad });
    expect(busy(backup)).toBe(working);
  });
});
