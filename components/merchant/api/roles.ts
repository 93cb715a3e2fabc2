"use client";

import type { z } from "@hono/zod-openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { createRoleSchema, roleSchema } from "#lib/roles/schemas";
import type { Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export type Role = z.output<typeof roleSchema>;
export type RoleInput = z.input<typeof createRoleSchema>;

export function useRoles() {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "roles"],
    queryFn: ({ signal }) => api.get<Page<Role>>("/v1/roles", {}, signal),
  });
}

export function useRoleActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: scope });
  return {
    create: useMutation({
      mutationFn: ({ input, key }: { input: RoleInput; key: string }) => api.post<Role>("/v1/roles", input, key),
      onSettled,
    }),
    update: useMutation({
      mutationFn: ({ id, input }: { id: string; input: RoleInput }) => api.patch<Role>(`/v1/roles/${id}`, input),
      onSettled,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.delete<{ id: string }>(`/v1/roles/${id}`), onSettled }),
  };
}
