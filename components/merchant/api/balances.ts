"use client";

import { useQuery } from "@tanstack/react-query";
import type { Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export const balanceParts = [
  "pending",
  "available",
  "frozen",
  "reserve",
  "deposit",
  "refund_in_transit",
  "payout_in_transit",
] as const;
export type BalancePart = (typeof balanceParts)[number];

/** Minor units of the currency. */
export type Balance = { readonly currency: string } & Readonly<Record<BalancePart, number>>;

export function useBalances() {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "balances"],
    queryFn: ({ signal }) => api.get<Page<Balance>>("/v1/balances", {}, signal),
  });
}
