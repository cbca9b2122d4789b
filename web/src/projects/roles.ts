import type { Project, Role } from "../api/types";
import { t } from "../words/words";

/** What people call the roles, the most powerful first. */
export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  owner: t("owner"),
  reviewer: t("reviewer"),
  customer_qa: t("customer QA"),
  vendor_admin: t("vendor admin"),
  vendor_qa: t("vendor QA"),
  labeler: t("labeler"),
  exporter: t("exporter"),
};

const OWN_TITLES: Readonly<Record<string, string>> = {
  administrator: t("an administrator"),
  owner: t("an owner"),
  reviewer: t("a reviewer"),
  customer_qa: t("a customer QA"),
  vendor_admin: t("a vendor admin"),
  vendor_qa: t("a vendor QA"),
  labeler: t("a labeler"),
  exporter: t("an exporter"),
};

export const ROLES = Object.keys(ROLE_TITLES) as readonly Role[];

export function roleTitle(role: Project["role"]): string {
  return Object.hasOwn(ROLE_TITLES, role) ? ROLE_TITLES[role as Role] : role;
}

/** What the caller is in the project: "a labeler", "an owner". */
export function ownTitle(role: Project["role"]): string {
  return OWN_TITLES[role] ?? role;
}
