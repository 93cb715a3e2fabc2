"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useOperatorApi } from "./use-api.ts";

export interface PlatformOverview {
  readonly from: string;
  readonly to: string;
  readonly orders: number;
  readonly previous_orders: number;
  readonly payments: number;
  readonly previous_payments: number;
  readonly attempts_succeeded: number;
  readonly attempts_failed: number;
  readonly previous_attempts_succeeded: number;
  readonly previous_attempts_failed: number;
  readonly merchants: number;
  readonly currencies: readonly {
    readonly currency: string;
    /** Minor units. */
    readonly gross: string;
    readonly previous_gross: string;
    readonly refunded: string;
    readonly payments: number;
  }[];
  readonly trend: readonly {
    readonly at: string;
    readonly payments: number;
    readonly previous_payments: number;
    readonly attempts_succeeded: number;
    readonly attempts_failed: number;
  }[];
}

export interface AccountHealth {
  readonly id: string;
  readonly merchant: { readonly id: string; readonly name: string };
  readonly channel: string;
  readonly label: string;
  readonly is_enabled: boolean;
  readonly state: "good" | "watch" | "bad" | "quiet";
  readonly methods: readonly {
    readonly method: string;
    readonly attempts: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly unknown: number;
  }[];
  readonly calls: {
    readonly answered: number;
    readonly lost: number;
    readonly p50_ms: number | null;
    readonly p95_ms: number | null;
  };
}

export type World = "live" | "test";
const overviewMs = 30_000;
const healthMs = 10_000;

export function usePlatformOverview(mode: World, hours: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["overview", mode, hours],
    queryFn: ({ signal }) => api.get<PlatformOverview>("/v1/operator/overview", { mode, hours }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: overviewMs,
  });
}

export function useChannelHealth(mode: World, minutes: number) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["health", mode, minutes],
    queryFn: ({ signal }) =>
      api.get<{ accounts: readonly AccountHealth[] }>("/v1/operator/health", { mode, minutes }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: healthMs,
  });
}
