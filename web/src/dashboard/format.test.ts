import { expect, test } from "vitest";
import { lastDays, percent } from "./format";

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
