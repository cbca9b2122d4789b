import { unwrap, type Api } from "../api/client";
import type { Submitted } from "../api/types";
import type { OutboxEntry } from "./outboxStorage";

/** Hands one entry to the server. */
export function submitEntry(api: Api): (entry: OutboxEntry) => Promise<Submitted> {
  return ({ project, task, body }) => {
    const params = { path: { project, task } };
    return unwrap(api.POST("/api/projects/{project}/tasks/{task}/submissions", { params, body }));
  };
}
