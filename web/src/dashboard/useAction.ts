import { useMutation, useQueryClient } from "@tanstack/react-query";

/** A change on the server, after which everything shown of the project is read again. Changes of one `queue` wait for each other. */
export function useAction<T, R = unknown>(project: string, act: (value: T) => Promise<R>, queue?: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    ...(queue === undefined ? {} : { scope: { id: `${queue} of ${project}` } }),
    onSettled: () => queries.invalidateQueries({ predicate: ({ queryKey: [what, of] }) => what === "projects" || of === project }),
  });
}
