"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FaultKind, Operation } from "#lib/simulators/simulator";
import { newIdempotencyKey, type Page } from "./client.ts";
import type { Attempt, Order } from "./orders.ts";
import { useApi } from "./use-api.ts";

export interface SimulatedPayment {
  readonly provider_reference: string;
  readonly status: string;
  readonly notifications_sent: number;
  readonly notifications_due: number;
}

export interface Fault {
  readonly kind: FaultKind;
  readonly operation?: Operation;
  readonly times?: number;
  readonly delay_ms?: number;
  readonly amount?: number;
}

export interface FaultThatIsSet {
  readonly kind: FaultKind;
  readonly operation: Operation;
  readonly reference: string | null;
  readonly remaining: number | null;
  readonly delay_ms: number | null;
  readonly amount: number | null;
}

export type ShopperAct =
  | { readonly act: "pay"; readonly after_ms?: number }
  | { readonly act: "cancel" }
  | { readonly act: "fail"; readonly reason?: string };

const liveMs = 2_000;

/** An order of the sandbox with its last attempt and what the simulated provider knows of it. */
export function useSandboxOrder(id: string | undefined) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "sandbox", "order", id],
    enabled: id !== undefined,
    refetchInterval: liveMs,
    queryFn: async ({ signal }) => {
      const path = `/v1/orders/${encodeURIComponent(id ?? "")}`;
      const [order, attempts] = await Promise.all([
        api.get<Order>(path, {}, signal),
        api.get<Page<Attempt>>(`${path}/attempts`, {}, signal),
      ]);
      const attempt = attempts.data.find((entry) => entry.id === order.latest_attempt);
      const simulated =
        attempt && (await api.get<SimulatedPayment>(`/v1/test/orders/${id}`, {}, signal).catch(() => undefined));
      return { order, attempt, simulated };
    },
  });
}

export function useFaults(accountId: string | undefined) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "sandbox", "faults", accountId],
    enabled: accountId !== undefined,
    refetchInterval: liveMs,
    queryFn: ({ signal }) => api.get<Page<FaultThatIsSet>>(`/v1/test/channel_accounts/${accountId}/faults`, {}, signal),
  });
}

/** What the test shopper and the simulated provider can be made to do. */
export function useSandboxActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: scope });
  return {
    createOrder: useMutation({
      mutationFn: (input: { amount: number; currency: string; subject: string }) =>
        api.post<Order>(
          "/v1/orders",
          { ...input, merchant_order_no: `sandbox-${Date.now().toString(36)}` },
          newIdempotencyKey(),
        ),
      onSettled,
    }),
    start: useMutation({
      mutationFn: ({ order, method }: { order: string; method: string }) =>
        api.post<Attempt>(
          `/v1/orders/${order}/attempts`,
          { method, ...(method === "card" && { token: "pm_card_visa" }) },
          newIdempotencyKey(),
        ),
      onSettled,
    }),
    act: useMutation({
      mutationFn: ({ order, act }: { order: string; act: ShopperAct }) =>
        api.post<SimulatedPayment>(`/v1/test/orders/${order}/act`, act),
      onSettled,
    }),
    setFaults: useMutation({
      mutationFn: ({ account, faults }: { account: string; faults: readonly Fault[] }) =>
        api.post(`/v1/test/channel_accounts/${account}/faults`, { faults }),
      onSettled,
    }),
  };
}
