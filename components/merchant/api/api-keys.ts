"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export interface ApiKey {
  readonly id: string;
  readonly kind: "secret" | "publishable";
  readonly label: string;
  readonly hint: string;
  readonly created_at: string;
  readonly last_used_at: string | null;
  readonly revoked_at: string | null;
}

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
      mutationFn: (input: Pick<ApiKey, "kind" | "label">) => api.post<ApiKey & { key: string }>("/v1/api_keys", input),
      onSettled,
    }),
    revoke: useMutation({ mutationFn: (id: string) => api.delete<ApiKey>(`/v1/api_keys/${id}`), onSettled }),
  };
}
