"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Locale } from "#lib/kernel/locale";
import type { NoticeKind } from "#lib/notices/kinds";
import { useApi } from "./use-api.ts";

export interface Settings {
  readonly merchant: string;
  readonly name: string;
  readonly country: string;
  readonly time_zone: string;
  readonly order_lifetime_minutes: number;
  readonly late_payment: "refund" | "accept";
  readonly second_payment: "refund" | "accept";
  readonly notice_emails: readonly string[];
  readonly notices: readonly NoticeKind[];
  readonly notice_language: Locale;
  readonly fee_returned_on_refund: boolean;
}

export interface Branding {
  readonly display_name: string;
  readonly logo: string | null;
  readonly color: string | null;
  readonly support_email: string | null;
  readonly support_phone: string | null;
  readonly languages: readonly Locale[];
}

export interface Logo {
  readonly id: string;
  readonly url: string;
}

export type SettingsChange = Partial<Omit<Settings, "merchant" | "country" | "fee_returned_on_refund">>;

export function useSettings() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const queryKey = [...scope, "settings"];
  return {
    settings: useQuery({ queryKey, queryFn: ({ signal }) => api.get<Settings>("/v1/settings", {}, signal) }),
    change: useMutation({
      mutationFn: (change: SettingsChange) => api.patch<Settings>("/v1/settings", change),
      onSuccess: (settings) => cache.setQueryData(queryKey, settings),
    }),
  };
}

export function useBranding() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const queryKey = [...scope, "branding"];
  return {
    branding: useQuery({ queryKey, queryFn: ({ signal }) => api.get<Branding>("/v1/branding", {}, signal) }),
    change: useMutation({
      /** `logo` is the id of an uploaded one. */
      mutationFn: (change: Partial<Branding>) => api.patch<Branding>("/v1/branding", change),
      onSuccess: (branding) => cache.setQueryData(queryKey, branding),
    }),
    upload: useMutation({ mutationFn: (data: string) => api.post<Logo>("/v1/branding/logos", { data }) }),
  };
}
