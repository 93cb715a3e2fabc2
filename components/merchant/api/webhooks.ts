"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  webhookDeliverySchema,
  webhookEndpointSchema,
  webhookEndpointWithSecretSchema,
} from "#lib/webhooks/schemas";
import { newIdempotencyKey, type Page, type Query } from "./client.ts";
import { useApi } from "./use-api.ts";

export type WebhookEndpoint = z.output<typeof webhookEndpointSchema>;
export type WebhookEndpointWithSecret = z.output<typeof webhookEndpointWithSecretSchema>;
export type WebhookDelivery = z.output<typeof webhookDeliverySchema>;

export function useWebhookEndpoints() {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "webhook_endpoints"],
    queryFn: ({ signal }) => api.get<Page<WebhookEndpoint>>("/v1/webhook_endpoints", {}, signal),
  });
}

export function useWebhookDeliveries(filter: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "webhook_deliveries", filter],
    queryFn: ({ signal }) => api.get<Page<WebhookDelivery>>("/v1/webhook_deliveries", filter, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (query) =>
      query.state.data?.data.some((delivery) => delivery.status === "pending" && delivery.try_count === 0)
        ? 3_000
        : false,
  });
}

/** Everything that can be done to endpoints; each brings the lists up to date. */
export function useWebhookActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: scope });
  return {
    create: useMutation({
      mutationFn: ({ input, key }: { input: { url: string; description?: string }; key: string }) =>
        api.post<WebhookEndpointWithSecret>("/v1/webhook_endpoints", input, key),
      onSettled,
    }),
    setStatus: useMutation({
      mutationFn: ({ id, status }: Pick<WebhookEndpoint, "id" | "status">) =>
        api.patch<WebhookEndpoint>(`/v1/webhook_endpoints/${id}`, { status }),
      onSettled,
    }),
    test: useMutation({
      mutationFn: (id: string) => api.post(`/v1/webhook_endpoints/${id}/test`, {}, newIdempotencyKey()),
      onSettled,
    }),
    resend: useMutation({
      mutationFn: (id: string) => api.post(`/v1/webhook_deliveries/${id}/resend`, {}, newIdempotencyKey()),
      onSettled,
    }),
    reveal: useMutation({
      mutationFn: (id: string) => api.get<{ secret: string }>(`/v1/webhook_endpoints/${id}/secret`),
    }),
  };
}
