import { expect, test } from "vitest";
import { lastDays, percent, perItem, rightOfGold } from "./format";

test("lists every day up to today, the quiet ones too", () => {
  const now = Date.parse("2026-03-02T10:00:00Z");
  expect(lastDays([{ day: "2026-02-28", labeled: 7 }, { day: "2026-03-02", labeled: 3 }], 4, now)).toEqual([
    { day: "2026-02-27", labeled: 0 },
    { day: "2026-02-28", labeled: 7 },
    { day: "2026-03-01", labeled: 0 },
    { day: "2026-03-02", labeled: 3 },
  ]);
});

test("rounds down, so that nothing is 100% before it is done", () => {
  expect([percent(0, 0), percent(1, 1000), percent(999, 1000), percent(5, 5)]).toEqual(["0%", "<1%", "99%", "100%"]);
});

test("what nobody did has a dash", () => {
  expect([perItem(undefined), perItem({ labeled: 0, skipped: 0, seconds: 0 }), perItem({ labeled: 3, skipped: 1, seconds: 10 })]).toEqual(["–", "–", "2.5 s"]);
  expect([rightOfGold({ gold: 0, gold_right: 0 }), rightOfGold({ gold: 4, gold_right: 3 })]).toEqual(["–", "3 of 4"]);
});
