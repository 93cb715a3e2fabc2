"use client";

import type { z } from "@hono/zod-openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { invitationSchema, memberSchema } from "#lib/team/schemas";
import type { Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export type Member = z.output<typeof memberSchema>;
export type Invitation = z.output<typeof invitationSchema>;

export function useMembers() {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "members"],
    queryFn: ({ signal }) => api.get<Page<Member>>("/v1/members", {}, signal),
  });
}

export function useInvitations() {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "invitations"],
    queryFn: ({ signal }) => api.get<Page<Invitation>>("/v1/invitations", {}, signal),
  });
}

export function useTeamActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: scope });
  return {
    invite: useMutation({
      mutationFn: (input: { email: string; role: string }) => api.post<Invitation>("/v1/invitations", input),
      onSettled,
    }),
    withdraw: useMutation({
      mutationFn: (id: string) => api.delete<Invitation>(`/v1/invitations/${id}`),
      onSettled,
    }),
    changeRole: useMutation({
      mutationFn: ({ id, role }: { id: string; role: string }) => api.patch<Member>(`/v1/members/${id}`, { role }),
      onSettled,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.delete(`/v1/members/${id}`), onSettled }),
  };
}
