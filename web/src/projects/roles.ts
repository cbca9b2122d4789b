import type { Project, Role } from "../api/types";

/** What people call the roles, the most powerful first. */
export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  owner: "owner",
  reviewer: "reviewer",
  customer_qa: "customer QA",
  vendor_admin: "vendor admin",
  vendor_qa: "vendor QA",
  labeler: "labeler",
  exporter: "exporter",
};

export const ROLES = Object.keys(ROLE_TITLES) as readonly Role[];

export function roleTitle(role: Project["role"]): string {
  return Object.hasOwn(ROLE_TITLES, role) ? ROLE_TITLES[role as Role] : role;
}

/** What the caller is in the project: "a labeler", "an owner". */
export function ownTitle(role: Project["role"]): string {
  const title = roleTitle(role);
  return /^[aeiou]/.test(title) ? `an ${title}` : `a ${title}`;
}
