import { expect, test } from "vitest";
import { sharesOf, usedByAll, usedOf } from "./shares";

const line = (what: "tables" | "links" | "blob_reads" | "execution" | "gpu" | "cpu" | "calls", quantity: number, unit: string) => ({ what, quantity, unit, per: 1, price: 0.5, amount: quantity / 2 });

const LINES = [line("tables", 100, "operations"), line("blob_reads", 20, "operations"), line("links", 3, "operations"), line("calls", 7, "calls"), line("execution", 40, "GB s"), line("gpu", 30, "minutes"), line("cpu", 5, "minutes")];
const BUDGET = { monthly: 10, spent: 4, left: 6, currency: "EUR", stops: false, until: "2026-12-01" };

test("what was used is added up by its unit, and what is estimated is known", () => {
  expect(usedOf(LINES)).toEqual({ operations: 123, execution: 40, gpu: 30, cpu: 5, estimated: 3 });
});

test("projects come as they are, the work for none of them last", () => {
  const shares = sharesOf({
    projects: [
      { id: "p1", name: "Cells", lines: LINES, total: 12, budget: BUDGET },
      { id: "p2", name: null, lines: [line("tables", 8, "operations")], total: 4, budget: null },
    ],
    shared: [line("tables", 2, "operations"), line("execution", 4, "GB s")],
  });
  expect(shares.map(({ name, open, total, budget }) => [name, open, total, budget?.left ?? null])).toEqual([
    ["Cells", true, 12, 6],
    ["p2 (deleted)", false, 4, null],
    ["For no project", false, 3, null],
  ]);
  expect(usedByAll(shares)).toEqual({ operations: 133, execution: 44, gpu: 30, cpu: 5, estimated: 3 });
});

test("a month in which nothing was used has no rows", () => {
  expect(sharesOf({ projects: [], shared: [line("tables", 0, "operations")] })).toEqual([]);
});
