"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { attemptSchema } from "#lib/attempts/schemas";
import type { orderSchema } from "#lib/orders/schemas";
import type { TimelineEntry } from "#lib/orders/timeline";
import { isMoving } from "../orders/order-life.ts";
import type { ApiClient, Page, Query } from "./client.ts";
import type { Refund } from "./refunds.ts";
import { useApi } from "./use-api.ts";

export type Order = z.output<typeof orderSchema>;
export type Attempt = z.output<typeof attemptSchema>;
export type { TimelineEntry };

/** An order with everything that its page tells of it. */
export interface OrderStory {
  readonly order: Order;
  readonly timeline: readonly TimelineEntry[];
  readonly attempts: readonly Attempt[];
  readonly refunds: readonly Refund[];
  /** Our fee for the payment, minor units; undefined while nothing was booked. */
  readonly fee: number | undefined;
}

const liveMs = 3_000;

export function useOrders(filter: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "orders", filter],
    queryFn: ({ signal }) => api.get<Page<Order>>("/v1/orders", filter, signal),
    placeholderData: keepPreviousData,
  });
}

export function useOrderStory(id: string) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "order", id],
    queryFn: ({ signal }) => readStory(api, id, signal),
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data, Date.now()) ? liveMs : false),
  });
}

async function readStory(api: ApiClient, id: string, signal: AbortSignal): Promise<OrderStory> {
  const path = `/v1/orders/${encodeURIComponent(id)}`;
  const [order, timeline, attempts, refunds] = await Promise.all([
    api.get<Order>(path, {}, signal),
    api.get<Page<TimelineEntry>>(`${path}/timeline`, {}, signal),
    api.get<Page<Attempt>>(`${path}/attempts`, {}, signal),
    api.get<Page<Refund>>("/v1/refunds", { order: id, limit: 100 }, signal),
  ]);
  const fee = attempts.data.find(
    (attempt) => attempt.id === order.latest_attempt && attempt.status === "succeeded",
  )?.fee;
  return { order, timeline: timeline.data, attempts: attempts.data, refunds: refunds.data, fee };
}

export type OrderChange = { readonly verb: "close" | "void" } | { readonly verb: "capture"; readonly amount: number };

/** Captures, voids or closes, and brings the order's page and the lists up to date. */
export function useChangeOrder(id: string) {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ change, key }: { change: OrderChange; key: string }) =>
      api.post<Order>(
        `/v1/orders/${encodeURIComponent(id)}/${change.verb}`,
        change.verb === "capture" ? { amount: change.amount } : {},
        key,
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: scope }),
  });
}
