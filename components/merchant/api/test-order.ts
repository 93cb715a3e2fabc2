"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { newIdempotencyKey } from "./client.ts";
import type { Order } from "./orders.ts";
import { useApi } from "./use-api.ts";

/** An order to try the product with, as a developer would create one. */
export function useCreateTestOrder() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (subject: string) =>
      api.post<Order>(
        "/v1/orders",
        {
          merchant_order_no: `TEST-${Date.now()}`,
          amount: 8800,
          currency: "CNY",
          subject,
          return_url: `${location.origin}/dashboard/orders`,
        },
        newIdempotencyKey(),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: scope }),
  });
}
