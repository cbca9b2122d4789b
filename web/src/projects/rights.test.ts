import { expect, test } from "vitest";
import { isOfVendor, mayIn } from "./rights";
import { ownTitle } from "./roles";

const person = (...roles: string[]) => ({ id: "ben", name: "Ben", email: "ben@example.org", roles, projects: [] });

test("a role may what the table says, an administrator everything", () => {
  expect(mayIn({ role: "labeler" }, person())("read_members")).toBe(false);
  expect(mayIn({ role: "vendor_admin" }, person())("edit_members")).toBe(true);
  expect(mayIn({ role: "vendor_admin" }, person())("read_log")).toBe(false);
  expect(mayIn({ role: "administrator" }, person("Administrator"))("delete_project")).toBe(true);
});

test("an administrator is nobody's vendor", () => {
  expect(isOfVendor({ role: "vendor_admin" }, person())).toBe(true);
  expect(isOfVendor({ role: "vendor_admin" }, person("Administrator"))).toBe(false);
});

test("roles have names", () => {
  expect([ownTitle("owner"), ownTitle("customer_qa"), ownTitle("administrator")]).toEqual(["an owner", "a customer QA", "an administrator"]);
});
