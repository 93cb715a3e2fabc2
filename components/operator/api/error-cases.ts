"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { errorCaseSchema } from "#lib/operator/error-cases/schemas";
import type { Page, Query } from "../../merchant/api/client.ts";
import { useOperatorApi } from "./use-api.ts";

export type ErrorCase = z.output<typeof errorCaseSchema>;

const freshMs = 20_000;

export function useErrorCases(query: Query) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["error-cases", "list", query],
    queryFn: ({ signal }) => api.get<Page<ErrorCase>>("/v1/operator/error_cases", query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: freshMs,
  });
}

export function useErrorCase(id: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["error-cases", "one", id],
    queryFn: ({ signal }) => api.get<ErrorCase>(`/v1/operator/error_cases/${id}`, {}, signal),
  });
}

export function useErrorCaseWork() {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ["error-cases"] });
  return {
    assign: useMutation({
      mutationFn: ({ id, assigned_to }: { id: string; assigned_to: string | null }) =>
        api.patch<ErrorCase>(`/v1/operator/error_cases/${id}`, { assigned_to }),
      onSettled,
    }),
    turn: useMutation({
      mutationFn: ({ id, to, reason }: { id: string; to: "resolve" | "reopen"; reason: string }) =>
        api.post<ErrorCase>(`/v1/operator/error_cases/${id}/${to}`, { reason }),
      onSettled,
    }),
  };
}
