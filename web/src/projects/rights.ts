import type { Me, Project } from "../api/types";
import { isAdministrator, usePerson } from "../shell/person";
import permissions from "./permissions.json";

/** Something that a role lets people do in a project. */
export type Right = keyof typeof permissions;

/** Whether the caller may do it; the server decides again. */
export type May = (right: Right) => boolean;

/** What somebody may do in a project, by the server's own table (`core/logic/permissions.py`). */
export function mayIn({ role }: Pick<Project, "role">, me: Me): May {
  return (right) => isAdministrator(me) || permissions[right].includes(role);
}

export function useMay(project: Project): May {
  return mayIn(project, usePerson().me);
}

/** Whether somebody works for the project's vendor, and so sees and manages the vendor's people alone. */
export function isOfVendor({ role }: Pick<Project, "role">, me: Me): boolean {
  return !isAdministrator(me) && (role === "vendor_admin" || role === "vendor_qa");
}
