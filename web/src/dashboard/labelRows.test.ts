import { expect, test } from "vitest";
import { amountText, labelRows } from "./labelRows";

const CELLS = { labels: [{ name: "Cell", children: [{ name: "RBC" }] }, { name: "WBC" }], retired: ["Platelets", "Dust"] };

test("labels come in their order, then the retired ones that are still borne", () => {
  const rows = labelRows(CELLS, [
    { label: "Cell/RBC", count: 20, regions: 300 },
    { label: "Platelets", count: 2, regions: 7 },
  ]);
  expect(rows.map(({ path, depth, items, regions }) => [path, depth, items, regions])).toEqual([
    ["Cell", 0, 0, null],
    ["Cell/RBC", 1, 20, 300],
    ["WBC", 0, 0, null],
    ["Platelets", 0, 2, 7],
  ]);
  expect(rows.at(-1)?.name).toBe("Platelets (retired)");
});

test("bars are as long as there are regions, or items where labels are of items", () => {
  const [regions, items] = [300, null].map((found) => labelRows(CELLS, [{ label: "WBC", count: 20, regions: found }])[2]?.size);
  expect([regions, items]).toEqual([300, 20]);
});

test("regions are told with the items that they are on", () => {
  expect(amountText({ items: 364, regions: 1797 }, "image")).toBe("1,797 on 364 images");
  expect(amountText({ items: 1, regions: 1 }, "text")).toBe("1 on 1 text");
  expect(amountText({ items: 0, regions: 0 }, "image")).toBe("0");
  expect(amountText({ items: 1200, regions: null }, "image")).toBe("1,200");
});
