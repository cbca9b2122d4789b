import { useQuery } from "@tanstack/react-query";
import { unwrap } from "../api/client";
import { api } from "../auth/session";

const params = (project: string) => ({ params: { path: { project } } });

export function useMembers(project: string, enabled = true) {
  return useQuery({ queryKey: ["members", project], queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/members", params(project)))).items, enabled });
}

export function useInvitations(project: string) {
  return useQuery({ queryKey: ["invitations", project], queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/invitations", params(project)))).items });
}

export function useReservations(project: string) {
  return useQuery({ queryKey: ["reservations", project], queryFn: async () => (await unwrap(api.GET("/api/projects/{project}/reservations", params(project)))).items });
}
