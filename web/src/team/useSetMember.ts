import { unwrap } from "../api/client";
import type { NewMember } from "../api/types";
import { api } from "../auth/session";
import { useAction } from "../dashboard/useAction";

export function useSetMember(project: string) {
  return useAction(project, ({ user, body }: { user: string; body: NewMember }) => unwrap(api.PUT("/api/projects/{project}/members/{user}", { params: { path: { project, user } }, body })), "members");
}
