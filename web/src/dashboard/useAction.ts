import { useMutation, useQueryClient } from "@tanstack/react-query";

/** A change on the server, after which everything shown of the project is read again. */
export function useAction<T>(project: string, act: (value: T) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () =>
      Promise.all(["project", "projects", "dashboard", "members", "exports", "imports"].map((key) => queries.invalidateQueries({ queryKey: key === "projects" ? [key] : [key, project] }))),
  });
}
