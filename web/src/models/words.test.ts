import { expect, test } from "vitest";
import { auditText, duration, figureText, isUnderWay, share, spentText, splitError, statusText, trustedText, unreachable } from "./words";

test("a share is rounded down, but not by how floats are written", () => {
  expect([0, 0.9999, 0.29, 0.57, 1].map(share)).toEqual(["0 %", "99.9 %", "29 %", "57 %", "100 %"]);
});

test("a run says how far it is", () => {
  expect(statusText({ status: "running", progress: 0.439 })).toBe("running, 43 %");
  expect(statusText({ status: "running", progress: null })).toBe("running");
  expect(statusText({ status: "starting", progress: 0.2 })).toBe("waits for a machine");
  expect((["queued", "applying", "done", "failed", "canceled"] as const).map((status) => isUnderWay({ status }))).toEqual([true, true, false, false, false]);
});

test("times, figures and shares are short", () => {
  expect([7.4, 59.4, 100, 3900].map(duration)).toEqual(["7 s", "59 s", "2 min", "1 h 5 min"]);
  expect([figureText({ figure: null }), figureText({ figure: { name: "ap50", value: 0.7123 } })]).toEqual(["–", "AP50 71.2 %"]);
  expect(trustedText({ stage: "train", predicted: 200, trusted: 150 })).toBe("75 %");
  expect([trustedText({ stage: "embed", predicted: 0, trusted: 0 }), trustedText({ stage: "train", predicted: 0, trusted: 0 })]).toEqual(["–", "–"]);
});

test("what is not reachable is said with what is known", () => {
  const curve = [{ threshold: 0.9, precision: 1, bound: 0.7, coverage: 0.1 }, { threshold: 0.5, precision: 0.92, bound: 0.81, coverage: 0.6 }];
  expect(unreachable({ curve, grouped: false }, 0.95)).toContain("Where it is best, 92 % of its suggestions were right, but only 81 % is certain.");
  expect(unreachable({ curve: [], grouped: true }, 0.95)).toContain("Nothing is known yet");
});

test("an audit is told in words", () => {
  const audit = { items: 40, right: 39, total: 40, precision: 0.975, bound: 0.89, ceiling: 0.99 };
  expect(auditText(audit, 0.95, "image")).toBe("Of 40 images answered blind, 39 were suggested right: 97.5 %. With 95 % certainty it is between 89 % and 99 %.");
  expect(auditText({ ...audit, items: 9, bound: 0.96 }, 0.95, "image")).toMatch(/^Of 40 parts of 9 images .*The target of 95 % is met\.$/);
  expect(auditText({ ...audit, ceiling: 0.9 }, 0.95, "text")).toContain("below the target of 95 %");
  expect(auditText({ items: 0, right: 0, total: 0, precision: null, bound: null, ceiling: null }, 0.95, "text")).toContain("No trusted suggestion");
});

test("why a run failed stands in the first line", () => {
  expect([splitError("It ended with code 3.\na\nb"), splitError("Gone.")]).toEqual([["It ended with code 3.", "a\nb"], ["Gone.", ""]]);
});

test("a budget that is spent says when the next run may start", () => {
  const budget = { monthly: 1250, spent: 1250, left: 0, currency: "EUR", stops: true, until: "2026-12-01" };
  expect(spentText(budget)).toBe("The budget of 1,250 EUR for November is spent. The next run may start on 1 December, or raise the budget.");
  expect(spentText({ ...budget, left: 0.5 })).toBe("Of the budget of 1,250 EUR for November too little is left for a run. The next may start on 1 December, or raise the budget.");
  expect(spentText({ ...budget, until: "2027-01-01" })).toContain("for December is spent. The next run may start on 1 January,");
});
