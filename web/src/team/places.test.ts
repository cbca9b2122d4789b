import { expect, test } from "vitest";
import { bodyOf, limitOf, nameOf, rolesToGive } from "./places";

test("the vendor's admin gives one role only, and nobody is a vendor's without a vendor", () => {
  expect(rolesToGive(true, true)).toEqual(["labeler"]);
  expect(rolesToGive(false, false)).not.toContain("vendor_qa");
  expect(rolesToGive(false, true)).toContain("vendor_qa");
});

test("a limit is a whole number, or none", () => {
  expect(["", " 12 ", "0", "-1", "2.5", "many"].map(limitOf)).toEqual([null, 12, 0, undefined, undefined, undefined]);
});

test("the vendor's roles are the vendor's, other people's never", () => {
  const place = { limit: "", vendor: true };
  expect(bodyOf({ ...place, role: "vendor_qa", vendor: false }).vendor).toBe(true);
  expect(bodyOf({ ...place, role: "reviewer" }).vendor).toBe(false);
  expect(bodyOf({ ...place, role: "labeler" }).vendor).toBe(true);
});

test("groups and people who never signed in have a name too", () => {
  expect(nameOf({ name: null, user: "group:g-1", group: true })).toBe("Group g-1");
  expect(nameOf({ name: null, user: "ben", group: false })).toBe("ben");
});
