import { useMutation, useQueryClient } from "@tanstack/react-query";

/** A change on the server, after which everything shown of the project is read again. */
export function useAction<T, R = unknown>(project: string, act: (value: T) => Promise<R>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey: [what, of] }) => what === "projects" || of === project }),
  });
}
