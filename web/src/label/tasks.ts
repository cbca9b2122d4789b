import { unwrap, type Api } from "../api/client";
import type { Task } from "../api/types";
import type { Layout } from "./layout";

/** What labeling asks of the server, for one project. */
export interface Tasks {
  /** The next task, or null when nothing is left for this labeler. */
  claim(size: Layout): Promise<Task | null>;
  /** Holds on to a task; gives it as it is now, with the new end of its lease. */
  renew(task: string): Promise<Task>;
  giveBack(task: string): Promise<void>;
  /** Takes the labeler's own submitted items back for editing. */
  reopen(items: readonly string[]): Promise<Task>;
}

export function tasksOf(api: Api, project: string): Tasks {
  const path = { project };
  return {
    async claim(size) {
      const task = await unwrap(api.POST("/api/projects/{project}/tasks", { params: { path }, body: { size } }));
      return (task as Task | undefined) ?? null;
    },
    async renew(task) {
      const params = { path: { project, task } };
      return (await unwrap(api.PUT("/api/projects/{project}/tasks/{task}", { params }))) as Task;
    },
    async giveBack(task) {
      const params = { path: { project, task } };
      await unwrap(api.DELETE("/api/projects/{project}/tasks/{task}", { params }));
    },
    async reopen(items) {
      const body = { items: [...items] };
      return (await unwrap(api.POST("/api/projects/{project}/tasks/reopen", { params: { path }, body }))) as Task;
    },
  };
}
