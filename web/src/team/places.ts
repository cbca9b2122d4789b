import type { Member, Role } from "../api/types";
import { ROLES } from "../projects/roles";
import { t } from "../words/words";

/** A place in a project, as a form holds it: an empty limit is none. */
export interface Place {
  readonly role: Role;
  readonly limit: string;
  readonly vendor: boolean;
}

export const NEW_PLACE: Place = { role: "labeler", limit: "", vendor: false };

const VENDOR_ROLES: readonly Role[] = ["vendor_admin", "vendor_qa"];

/** Whom somebody may give which role: the vendor's people add labelers, of the vendor, and nobody else. */
export function rolesToGive(forVendor: boolean, hasVendor: boolean): readonly Role[] {
  if (forVendor) return ["labeler"];
  return hasVendor ? ROLES : ROLES.filter((role) => !VENDOR_ROLES.includes(role));
}

/** Whether a place of this role is the vendor's always, perhaps or never. */
export function vendorFits(role: Role): "always" | "perhaps" | "never" {
  if (VENDOR_ROLES.includes(role)) return "always";
  return role === "labeler" ? "perhaps" : "never";
}

/** The number that a limit says, or null for none; undefined if it says nothing. */
export function limitOf(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const limit = Number(text);
  return Number.isInteger(limit) && limit >= 0 ? limit : undefined;
}

export function bodyOf({ role, limit, vendor }: Place): { role: Role; limit: number | null; vendor: boolean } {
  const fits = vendorFits(role);
  return { role, limit: limitOf(limit) ?? null, vendor: fits === "always" || (fits === "perhaps" && vendor) };
}

export const GROUP = "group:";

export function nameOf({ name, user, group }: Pick<Member, "name" | "user" | "group">): string {
  return name ?? (group ? t("Group {user}", { user: user.slice(GROUP.length) }) : user);
}

/** Whether a member may be handed items. */
export function labels({ role, group }: Member): boolean {
  return !group && ["owner", "reviewer", "vendor_admin", "labeler"].includes(role);
}
