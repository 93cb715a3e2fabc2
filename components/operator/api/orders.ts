"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Known } from "#lib/lists/known-shopper";
import type { Page, Query } from "../../merchant/api/client.ts";
import type { Order, TimelineEntry } from "../../merchant/api/orders.ts";
import type { Ticket } from "../../merchant/api/tickets.ts";
import type { Approval } from "./approvals.ts";
import type { ErrorCase } from "./error-cases.ts";
import { useOperatorApi } from "./use-api.ts";

export interface PlatformOrder {
  readonly id: string;
  readonly merchant: { readonly id: string; readonly name: string };
  readonly livemode: boolean;
  readonly merchant_order_no: string;
  readonly subject: string;
  readonly amount: number;
  readonly currency: string;
  readonly amount_captured: number;
  readonly amount_refunded: number;
  readonly status: Order["status"];
  readonly method: string | null;
  readonly channel: string | null;
  readonly decline_reason: string | null;
  readonly created_at: string;
}

export interface Freeze {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
  readonly created_at: string;
  readonly released_at: string | null;
}

export interface PlatformOrderStory {
  readonly id: string;
  readonly merchant: { readonly id: string; readonly name: string };
  readonly order: Order;
  readonly left_to_refund: number;
  readonly timeline: readonly TimelineEntry[];
  readonly freezes: readonly Freeze[];
  readonly shopper: readonly Known[];
  readonly tickets: readonly { readonly id: string; readonly subject: string; readonly state: Ticket["state"] }[];
  readonly error_cases: readonly {
    readonly id: string;
    readonly kind: ErrorCase["kind"];
    readonly state: "open" | "resolved";
  }[];
}

export interface Asked {
  readonly attempt: string;
  readonly before: string;
  readonly after: string;
  readonly error: string | null;
}

const liveMs = 5_000;

export function usePlatformOrders(query: Query, refetchMs?: number) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["orders", "list", query],
    queryFn: ({ signal }) => api.get<Page<PlatformOrder>>("/v1/operator/orders", query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs ?? false,
  });
}

export function usePlatformOrder(id: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["orders", "one", id],
    queryFn: ({ signal }) => api.get<PlatformOrderStory>(`/v1/operator/orders/${id}`, {}, signal),
    refetchInterval: liveMs,
  });
}

export interface AmountWish {
  /** Minor units; everything when undefined. */
  readonly amount?: number;
  readonly reason: string;
}

export function useOrderDeeds(id: string) {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries();
  const path = `/v1/operator/orders/${id}`;
  return {
    repair: useMutation({
      mutationFn: () => api.post<{ asked: readonly Asked[] }>(`${path}/repair`, undefined),
      onSettled,
    }),
    refund: useMutation({
      mutationFn: (wish: AmountWish & { merchant_refund_no: string }) =>
        api.post<{ refund: string | null; approval: Approval | null }>(`${path}/refund`, wish),
      onSettled,
    }),
    freeze: useMutation({ mutationFn: (wish: AmountWish) => api.post(`${path}/freeze`, wish), onSettled }),
    release: useMutation({
      mutationFn: (wish: { reason: string }) => api.post<Approval>(`${path}/release`, wish),
      onSettled,
    }),
  };
}
