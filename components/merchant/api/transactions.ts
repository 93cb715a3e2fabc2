"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { transactionSchema } from "#lib/ledger/transaction-json";
import type { Page, Query } from "./client.ts";
import { useApi } from "./use-api.ts";

export type Transaction = z.output<typeof transactionSchema>;
export type Transfer = Transaction["transfers"][number];

export function useTransactions(filter: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "transactions", filter],
    queryFn: ({ signal }) => api.get<Page<Transaction>>("/v1/transactions", filter, signal),
    placeholderData: keepPreviousData,
  });
}
