import { expect, test } from "vitest";
import { countOf, filterQuery, isFiltered, NO_FILTER, readFilter, writeFilter } from "./filter";

test("a filter survives its address", () => {
  const filter = { ...NO_FILTER, path: "a/é #2", status: "needs_review", label: "a/b & c", approved: "false", source: "model", min_agreement: "0.25" };
  expect(readFilter(writeFilter(filter))).toEqual(filter);
  expect(filterQuery(filter)).toEqual({ path: "a/é #2", status: "needs_review", label: "a/b & c", approved: "false", source: "model", min_agreement: "0.25" });
});

test("what makes no sense in an address is left out", () => {
  expect(readFilter("?status=gone&source=magic&approved=maybe&min_confidence=60&max_confidence=x&color=red")).toEqual(NO_FILTER);
});

test("no filter is no query", () => {
  expect(writeFilter(NO_FILTER)).toBe("");
  expect(isFiltered(NO_FILTER)).toBe(false);
  expect(isFiltered({ ...NO_FILTER, gold: "true" })).toBe(true);
});

test("a range is one filter, and the search is none", () => {
  expect(countOf(NO_FILTER)).toBe(0);
  expect(countOf({ ...NO_FILTER, path: "a", gold: "true", min_agreement: "0.2", max_agreement: "0.9", max_confidence: "0.5" })).toBe(3);
});
