import { expect, test } from "vitest";
import { clockText } from "./clock";

test.each([[0, "0:00"], [13, "0:13"], [75, "1:15"], [3599, "59:59"], [3661, "1:01:01"]])("%i seconds are %s", (seconds, text) => {
  expect(clockText(seconds)).toBe(text);
});
