import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { unwrap } from "../api/client";
import type { Dashboard, Member, Role } from "../api/types";
import { api } from "../auth/session";
import { useDashboard } from "../projects/queries";
import { usePerson } from "../shell/person";

export interface Labeler {
  readonly user: string;
  readonly name: string;
}

export interface People {
  /** Names by user, as far as they are known. */
  readonly names: ReadonlyMap<string, string>;
  /** Who has labeled. */
  readonly labelers: readonly Labeler[];
  /** Who items can be handed to. */
  readonly takers: readonly Labeler[];
}

const REFRESH_MS = 30_000;
const LABELING: ReadonlySet<Role> = new Set<Role>(["owner", "reviewer", "vendor_admin", "labeler"]);

const named = (user: string, name: string | null | undefined): readonly (readonly [string, string])[] => (name ? [[user, name]] : []);

function peopleOf(labelers: Dashboard["labelers"], members: readonly Member[], me: { id: string; name: string }): People {
  const names = new Map([
    ...labelers.flatMap(({ user, name }) => named(user, name)),
    ...members.flatMap(({ user, name, email }) => named(user, name ?? email)),
    [me.id, me.name] as const,
  ]);
  const person = ({ user }: { user: string }): Labeler => ({ user, name: names.get(user) ?? user });
  const byName = (one: Labeler, other: Labeler) => one.name.localeCompare(other.name);
  return {
    names,
    labelers: labelers.map(person).sort(byName),
    takers: members.filter(({ role, group }) => LABELING.has(role) && !group).map(person).sort(byName),
  };
}

/** The people of a project, as far as the reader may know them. */
export function usePeople(project: string): People {
  const { me } = usePerson();
  const { data: dashboard } = useDashboard(project, REFRESH_MS);
  const { data: members } = useQuery({
    queryKey: ["people", project],
    queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/members", { params: { path: { project } } }))).items,
    staleTime: REFRESH_MS,
  });
  return useMemo(() => peopleOf(dashboard?.labelers ?? [], members ?? [], me), [dashboard?.labelers, members, me]);
}
