"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  alertSchema,
  createReceiverSchema,
  createRuleSchema,
  createSilenceSchema,
  receiverSchema,
  ruleSchema,
  samplesSchema,
  silenceSchema,
  updateRuleSchema,
} from "#lib/operator/alerting/schemas";
import type { Page, Query } from "../../merchant/api/client.ts";
import { useOperatorApi } from "./use-api.ts";

export type Alert = z.output<typeof alertSchema>;
export type AlertRule = z.output<typeof ruleSchema>;
export type AlertSamples = z.output<typeof samplesSchema>;
export type AlertSilence = z.output<typeof silenceSchema>;
export type AlertReceiver = z.output<typeof receiverSchema>;
export type RuleChange = z.input<typeof updateRuleSchema>;
export type NewRule = z.input<typeof createRuleSchema>;
export type NewReceiver = z.input<typeof createReceiverSchema>;
export type NewSilence = z.input<typeof createSilenceSchema>;

const freshMs = 15_000;

/** A list under alerts that keeps itself fresh. */
function useList<T>(name: string, query: Query = {}) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["alerts", name, query],
    queryFn: ({ signal }) => api.get<Page<T>>(`/v1/operator/${name}`, query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: freshMs,
  });
}

export const useAlerts = (query: Query) => useList<Alert>("alerts", query);
export const useAlertRules = () => useList<AlertRule>("alert_rules");
export const useAlertReceivers = () => useList<AlertReceiver>("alert_receivers");
export const useAlertSilences = () => useList<AlertSilence>("alert_silences");

export function useAlertSamples(rule: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["alerts", "samples", rule],
    queryFn: ({ signal }) => api.get<AlertSamples>(`/v1/operator/alert_rules/${rule}/samples`, {}, signal),
    refetchInterval: 60_000,
  });
}

export function useAlertActions() {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ["alerts"] });
  return {
    changeRule: useMutation({
      mutationFn: ({ id, change }: { id: string; change: RuleChange }) =>
        api.patch<AlertRule>(`/v1/operator/alert_rules/${id}`, change),
      onSettled,
    }),
    addRule: useMutation({
      mutationFn: (input: NewRule) => api.post<AlertRule>("/v1/operator/alert_rules", input),
      onSettled,
    }),
    removeRule: useMutation({
      mutationFn: (id: string) => api.delete<{ id: string }>(`/v1/operator/alert_rules/${id}`),
      onSettled,
    }),
    silence: useMutation({
      mutationFn: (input: NewSilence) => api.post<AlertSilence>("/v1/operator/alert_silences", input),
      onSettled,
    }),
    endSilence: useMutation({
      mutationFn: (id: string) => api.post<AlertSilence>(`/v1/operator/alert_silences/${id}/end`, undefined),
      onSettled,
    }),
    addReceiver: useMutation({
      mutationFn: (input: NewReceiver) => api.post<AlertReceiver>("/v1/operator/alert_receivers", input),
      onSettled,
    }),
    switchReceiver: useMutation({
      mutationFn: ({ id, isOn }: { id: string; isOn: boolean }) =>
        api.patch<AlertReceiver>(`/v1/operator/alert_receivers/${id}`, { is_on: isOn }),
      onSettled,
    }),
    testReceiver: useMutation({
      mutationFn: (id: string) => api.post<AlertReceiver>(`/v1/operator/alert_receivers/${id}/test`, undefined),
      onSettled,
    }),
  };
}
