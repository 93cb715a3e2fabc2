"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Page, Query } from "./client.ts";
import { useApi } from "./use-api.ts";

/** A day or month; minor units. */
export interface StatementPeriod {
  /** `yyyy-mm-dd`, in the merchant's zone. */
  readonly start: string;
  readonly opening_balance: number;
  readonly increase: number;
  readonly decrease: number;
  readonly closing_balance: number;
  readonly transfers: number;
}

export interface StatementLine {
  readonly transfer: string;
  readonly transaction: string;
  readonly kind: string;
  readonly order: string | null;
  readonly side: "debit" | "credit";
  readonly counterpart: string;
  readonly amount: number;
  /** After this line. */
  readonly balance: number;
  readonly created_at: string;
}

export function useStatementPeriods(filter: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "statement_periods", filter],
    queryFn: ({ signal }) => api.get<Page<StatementPeriod>>("/v1/balances/statement/periods", filter, signal),
    placeholderData: keepPreviousData,
  });
}

/** The lines of a day, under the ids that a list goes by. */
export function useStatementLines(filter: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "statement", filter],
    queryFn: async ({ signal }) => {
      const page = await api.get<Page<StatementLine>>("/v1/balances/statement", filter, signal);
      return { has_more: page.has_more, data: page.data.map((line) => ({ ...line, id: line.transfer })) };
    },
    placeholderData: keepPreviousData,
  });
}
