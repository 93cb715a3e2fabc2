"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  eventSchema,
  webhookDeliverySchema,
  webhookDeliveryWithTriesSchema,
  webhookEndpointSchema,
  webhookEndpointWithSecretSchema,
} from "#lib/webhooks/schemas";
import { newIdempotencyKey, type Page, type Query } from "./client.ts";
import { useApi } from "./use-api.ts";

export type WebhookEndpoint = z.output<typeof webhookEndpointSchema>;
export type WebhookEndpointWithSecret = z.output<typeof webhookEndpointWithSecretSchema>;
export type WebhookDelivery = z.output<typeof webhookDeliverySchema>;

export type WebhookDeliveryWithTries = z.output<typeof webhookDeliveryWithTriesSchema>;
export type Event = z.output<typeof eventSchema>;

export interface EndpointInput {
  readonly url: string;
  readonly description?: string | null;
  readonly event_types: readonly string[];
}

/** Ends included. */
export interface ReplayInput {
  readonly endpoint: string;
  readonly from: string;
  readonly to: string;
}

const liveMs = 3_000;

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
    // What was just asked for, a test or a resend, comes into the list a moment later.
    refetchInterval: filter.starting_after ? false : liveMs,
  });
}

/** One delivery with its tries, brought up to date while it is on its way. */
export function useWebhookDelivery(id: string) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "webhook_deliveries", id],
    queryFn: ({ signal }) => api.get<WebhookDeliveryWithTries>(`/v1/webhook_deliveries/${id}`, {}, signal),
    refetchInterval: (query) => (query.state.data?.status === "pending" ? liveMs : false),
  });
}

/** What was sent: an event's JSON is word for word the body of its webhook. */
export function useEvent(id: string | undefined) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "events", id],
    queryFn: ({ signal }) => api.get<Event>(`/v1/events/${id}`, {}, signal),
    enabled: id !== undefined,
  });
}

/** Everything that can be done to endpoints; each brings the lists up to date. */
export function useWebhookActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: scope });
  return {
    create: useMutation({
      mutationFn: ({ input, key }: { input: EndpointInput; key: string }) =>
        api.post<WebhookEndpointWithSecret>("/v1/webhook_endpoints", input, key),
      onSettled,
    }),
    update: useMutation({
      mutationFn: ({ id, input }: { id: string; input: EndpointInput }) =>
        api.patch<WebhookEndpoint>(`/v1/webhook_endpoints/${id}`, input),
      onSettled,
    }),
    roll: useMutation({
      mutationFn: (id: string) =>
        api.post<WebhookEndpointWithSecret>(`/v1/webhook_endpoints/${id}/roll`, {}, newIdempotencyKey()),
      onSettled,
    }),
    countReplay: useMutation({
      mutationFn: (input: ReplayInput) =>
        api.post<{ deliveries: number }>("/v1/events/replay", { ...input, dry_run: true }, newIdempotencyKey()),
    }),
    replay: useMutation({
      mutationFn: ({ input, key }: { input: ReplayInput; key: string }) =>
        api.post<{ deliveries: number }>("/v1/events/replay", input, key),
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
      mutationFn: (id: string) =>
        api.post<WebhookDeliveryWithTries>(`/v1/webhook_deliveries/${id}/resend`, {}, newIdempotencyKey()),
      onSettled,
    }),
    reveal: useMutation({
      mutationFn: (id: string) => api.get<{ secret: string }>(`/v1/webhook_endpoints/${id}/secret`),
    }),
  };
}
