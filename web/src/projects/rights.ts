import type { Project } from "../api/types";

export function canManage(project: Project): boolean {
  return project.role === "owner" || project.role === "administrator";
}
