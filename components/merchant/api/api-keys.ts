"use client";

import type { z } from "@hono/zod-openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  apiKeySchema,
  createApiKeySchema,
  newApiKeySchema,
  rollApiKeySchema,
  setSigningSchema,
  signingSchema,
  updateApiKeySchema,
} from "#lib/api-keys/schemas";
import type { Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export type ApiKey = z.output<typeof apiKeySchema>;
export type NewApiKey = z.output<typeof newApiKeySchema>;
export type CreateApiKey = z.input<typeof createApiKeySchema>;

export function useApiKeys() {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "api_keys"],
    queryFn: ({ signal }) => api.get<Page<ApiKey>>("/v1/api_keys", {}, signal),
  });
}

export function useApiKeyActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: scope });
  return {
    create: useMutation({
      mutationFn: (input: CreateApiKey) => api.post<NewApiKey>("/v1/api_keys", input),
      onSettled,
    }),
    update: useMutation({
      mutationFn: ({ id, input }: { id: string; input: z.input<typeof updateApiKeySchema> }) =>
        api.patch<ApiKey>(`/v1/api_keys/${id}`, input),
      onSettled,
    }),
    roll: useMutation({
      mutationFn: ({ id, input }: { id: string; input: z.input<typeof rollApiKeySchema> }) =>
        api.post<NewApiKey>(`/v1/api_keys/${id}/roll`, input),
      onSettled,
    }),
    sign: useMutation({
      mutationFn: ({ id, input }: { id: string; input: z.input<typeof setSigningSchema> }) =>
        api.post<z.output<typeof signingSchema>>(`/v1/api_keys/${id}/signing`, input),
      onSettled,
    }),
    unsign: useMutation({
      mutationFn: (id: string) => api.delete<ApiKey>(`/v1/api_keys/${id}/signing`),
      onSettled,
    }),
    revoke: useMutation({ mutationFn: (id: string) => api.delete<ApiKey>(`/v1/api_keys/${id}`), onSettled }),
  };
}

/** Whether requests with it are answered. */
export function stateOfKey(key: ApiKey, nowMs: number): "active" | "expired" | "revoked" {
  if (key.revoked_at) return "revoked";
  return key.expires_at && Date.parse(key.expires_at) <= nowMs ? "expired" : "active";
}
