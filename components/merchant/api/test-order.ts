"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { newIdempotencyKey } from "./client.ts";
import type { Order } from "./orders.ts";
import { useApi } from "./use-api.ts";

/**
 * An order to try the product with, as a developer would create one.
 *
 * @param onCreated runs before the lists are read anew: with the first order in them the button may be gone
 */
export function useCreateTestOrder(onCreated: (order: Order) => void) {
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
    onSuccess: (order) => {
      onCreated(order);
      return cache.invalidateQueries({ queryKey: scope });
    },
  });
}
