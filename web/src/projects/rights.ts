import { isAdministrator, usePerson } from "../shell/person";
import type { Project } from "../api/types";

export interface Rights {
  /** Change, pause, export, delete; decide who is a member. */
  readonly manage: boolean;
  /** See every item and every labeler. */
  readonly review: boolean;
}

export function useRights(project: Project): Rights {
  const { me } = usePerson();
  const manage = project.role === "owner" || isAdministrator(me);
  return { manage, review: manage || project.role === "reviewer" };
}
