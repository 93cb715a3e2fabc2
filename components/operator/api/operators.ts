"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OperatorRole } from "#lib/operator/permissions";
import type { Page } from "../../merchant/api/client.ts";
import { useOperatorApi } from "./use-api.ts";

export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: OperatorRole;
  readonly is_self: boolean;
  readonly has_second_factor: boolean;
  readonly sessions: number;
  readonly last_seen_at: string | null;
  readonly created_at: string;
  readonly ended_at: string | null;
}

export function useOperators() {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["operators"],
    queryFn: ({ signal }) => api.get<Page<Operator>>("/v1/operator/operators", {}, signal),
  });
}

export function useOperatorActions() {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ["operators"] });
  const path = (id: string) => `/v1/operator/operators/${id}`;
  return {
    add: useMutation({
      mutationFn: (input: { name: string; email: string; role: OperatorRole }) =>
        api.post("/v1/operator/operators", input),
      onSettled,
    }),
    changeRole: useMutation({
      mutationFn: ({ id, role }: { id: string; role: OperatorRole }) => api.patch(path(id), { role }),
      onSettled,
    }),
    end: useMutation({ mutationFn: (id: string) => api.delete(path(id)), onSettled }),
    signOut: useMutation({
      mutationFn: (id: string) => api.post<{ ended: number }>(`${path(id)}/sign_out`, undefined),
      onSettled,
    }),
    resetFactor: useMutation({
      mutationFn: ({ id, reason }: { id: string; reason: string }) =>
        api.post(`${path(id)}/reset_second_factor`, { reason }),
      onSettled,
    }),
    sendLink: useMutation({ mutationFn: (id: string) => api.post(`${path(id)}/password_link`, undefined), onSettled }),
  };
}
