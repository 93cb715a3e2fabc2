"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { accountSchema, announceSchema, operatorWindowSchema } from "#lib/operator/channels/schemas";
import type { Page, Query } from "../../merchant/api/client.ts";
import { useOperatorApi } from "./use-api.ts";

export type OperatorAccount = z.output<typeof accountSchema>;
export type OperatorWindow = z.output<typeof operatorWindowSchema>;
export type NewWindow = z.input<typeof announceSchema>;

const freshMs = 30_000;

export function useChannelAccountsOfAll(query: Query) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["channels", "accounts", query],
    queryFn: ({ signal }) => api.get<Page<OperatorAccount>>("/v1/operator/channel_accounts", query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: freshMs,
  });
}

export function useMaintenanceWindows() {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["channels", "windows"],
    queryFn: ({ signal }) => api.get<Page<OperatorWindow>>("/v1/operator/maintenance_windows", {}, signal),
    refetchInterval: freshMs,
  });
}

export function useChannelActions() {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ["channels"] });
  const account = "/v1/operator/channel_accounts";
  const windows = "/v1/operator/maintenance_windows";
  return {
    pause: useMutation({
      mutationFn: ({ id, reason }: { id: string; reason: string }) =>
        api.post<OperatorAccount>(`${account}/${id}/pause`, { reason }),
      onSettled,
    }),
    resume: useMutation({
      mutationFn: (id: string) => api.post<OperatorAccount>(`${account}/${id}/resume`, undefined),
      onSettled,
    }),
    announce: useMutation({ mutationFn: (input: NewWindow) => api.post<OperatorWindow>(windows, input), onSettled }),
    cancel: useMutation({
      mutationFn: (id: string) => api.post<OperatorWindow>(`${windows}/${id}/cancel`, undefined),
      onSettled,
    }),
  };
}
