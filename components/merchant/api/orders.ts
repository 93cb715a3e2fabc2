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
/** No transaction lives longer, so the lines of one are booked within this time of its beginning. */
const longestTransactionMs = 10_000;
const feePages = 5;

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
  const cache = useQueryClient();
  const queryKey = [...scope, "order", id];
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => readStory(api, id, cache.getQueryData<OrderStory>(queryKey)?.fee, signal),
    refetchInterval: (query) => (query.state.data && isMoving(query.state.data, Date.now()) ? liveMs : false),
  });
}

async function readStory(
  api: ApiClient,
  id: string,
  knownFee: number | undefined,
  signal: AbortSignal,
): Promise<OrderStory> {
  const path = `/v1/orders/${encodeURIComponent(id)}`;
  const [order, timeline, attempts, refunds] = await Promise.all([
    api.get<Order>(path, {}, signal),
    api.get<Page<TimelineEntry>>(`${path}/timeline`, {}, signal),
    api.get<Page<Attempt>>(`${path}/attempts`, {}, signal),
    api.get<Page<Refund>>("/v1/refunds", { order: id, limit: 100 }, signal),
  ]);
  const booked = timeline.data.find((entry) => entry.kind === "ledger" && entry.title === "payment_succeeded");
  const fee = knownFee ?? (booked && (await feeOf(api, order.currency, booked, signal)));
  return { order, timeline: timeline.data, attempts: attempts.data, refunds: refunds.data, fee };
}

/**
 * The fee as it was booked: the line of that ledger transaction in the fee account, looked for around its moment.
 *
 * @returns 0 when the payment bore no fee, undefined when so much was booked at that moment that it was not found
 */
async function feeOf(
  api: ApiClient,
  currency: string,
  booked: TimelineEntry,
  signal: AbortSignal,
): Promise<number | undefined> {
  const to = new Date(new Date(booked.at).getTime() + longestTransactionMs).toISOString();
  let after: string | undefined;
  for (let page = 0; page < feePages; page++) {
    const query = { account: "fee_income", currency, from: booked.at, to, limit: 100, starting_after: after };
    const lines = await api.get<Page<FeeLine>>("/v1/balances/statement", query, signal);
    const found = lines.data.find((line) => line.transaction === booked.id);
    if (found) return found.amount;
    if (!lines.has_more) return 0;
    after = lines.data.at(-1)?.transfer;
  }
  return undefined;
}

interface FeeLine {
  readonly transfer: string;
  readonly transaction: string;
  readonly amount: number;
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
