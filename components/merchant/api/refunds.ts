"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CreateRefund, refundSchema } from "#lib/refunds/schemas";
import type { Page, Query } from "./client.ts";
import { useApi } from "./use-api.ts";

export type Refund = z.output<typeof refundSchema>;

export function useRefunds(filter: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "refunds", filter],
    queryFn: ({ signal }) => api.get<Page<Refund>>("/v1/refunds", filter, signal),
    placeholderData: keepPreviousData,
  });
}

export function useCreateRefund() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ refund, key }: { refund: CreateRefund; key: string }) =>
      api.post<Refund>("/v1/refunds", refund, key),
    onSuccess: () => cache.invalidateQueries({ queryKey: scope }),
  });
}
