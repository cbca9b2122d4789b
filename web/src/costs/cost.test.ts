import { expect, test } from "vitest";
import openapi from "../../openapi.json";
import { COSTS, money, monthsSince, monthText, priceText, quantityText } from "./cost";

const LINE = { what: "tables", quantity: 1234567, unit: "operations", per: 10_000, price: 0.00036, amount: 0.0444 } as const;

test("everything that is paid for has a name", () => {
  expect(Object.keys(COSTS).sort()).toEqual([...openapi.components.schemas.Cost.enum].sort());
});

test("amounts have cents, and small ones the digits that count", () => {
  expect(money(0, "USD")).toBe("$0.00");
  expect(money(1234.567, "EUR")).toBe("€1,234.57");
  expect(money(0.01, "USD")).toBe("$0.01");
  expect(money(0.00044444, "USD")).toBe("$0.00044");
  expect(money(0.00000088, "USD")).toBe("<$0.0001");
});

test("a price is told to the last digit, and of what", () => {
  expect(priceText(LINE, "USD")).toBe("$0.00036 per 10,000");
  expect(priceText({ ...LINE, what: "execution", unit: "GB s", per: 1, price: 0.000026 }, "USD")).toBe("$0.000026 per GB s");
  expect(priceText({ ...LINE, what: "gpu", unit: "minutes", per: 60, price: 3.673 }, "USD")).toBe("$3.673 an hour");
});

test("quantities are told in their unit", () => {
  expect(quantityText(LINE)).toBe("1,234,567");
  expect(quantityText({ ...LINE, quantity: 12.345, unit: "minutes" })).toBe("12.3 min");
  expect(quantityText({ ...LINE, quantity: 0.00554, unit: "minutes" })).toBe("0.0055 min");
  expect(quantityText({ ...LINE, quantity: 1024, unit: "GB s" })).toBe("1,024 GB s");
});

test("months go back to when the project was created", () => {
  const now = new Date("2026-02-10T12:00:00Z");
  expect(monthsSince("2025-12-31T23:30:00Z", now)).toEqual(["2026-02", "2026-01", "2025-12"]);
  expect(monthsSince("2020-01-01T00:00:00Z", now)).toHaveLength(12);
  expect(monthsSince("2026-02-10T12:00:01Z", now)).toEqual(["2026-02"]);
  expect(monthsSince(null, now)).toHaveLength(12);
  expect(monthText("2026-02")).toBe("February 2026");
});
