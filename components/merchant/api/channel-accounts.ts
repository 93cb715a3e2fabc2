"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export interface CredentialField {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly kind: "id" | "secret" | "pem";
  readonly is_required: boolean;
}

export interface Channel {
  readonly id: string;
  readonly label: string;
  readonly methods: readonly string[];
  readonly has_sandbox: boolean;
  readonly has_simulator: boolean;
  readonly credentials: readonly CredentialField[];
}

export interface ChannelAccount {
  readonly id: string;
  /** The platform's has neither credentials nor methods of the merchant's own. */
  readonly provided_by: "merchant" | "platform";
  readonly channel: string;
  readonly environment: "simulator" | "sandbox" | "live";
  readonly label: string;
  readonly status: "enabled" | "disabled";
  readonly methods: readonly string[];
  readonly lent_methods: readonly string[] | null;
  readonly takes_payments: boolean;
  readonly priority: number;
  readonly notify_url: string;
  readonly credentials_expire_at: string | null;
  /** Why operators keep new payments away from it. */
  readonly pause_reason: string | null;
  readonly created_at: string;
}

export type Credentials = Readonly<Record<string, string>>;

export interface CredentialTest {
  readonly result: "accepted" | "refused" | "unreachable";
  readonly reason:
    | "unknown_account"
    | "key_mismatch"
    | "answer_not_trusted"
    | "not_permitted"
    | "mode_mismatch"
    | "other"
    | null;
  readonly field: string | null;
  readonly provider_code: string | null;
  readonly not_proven: readonly string[];
}

export interface NewChannelAccount {
  readonly channel: string;
  readonly environment: ChannelAccount["environment"];
  readonly label: string;
  /** A simulated account makes its own. */
  readonly credentials?: Credentials;
}

export interface CredentialDraft {
  readonly channel: string;
  readonly environment: "sandbox" | "live";
  readonly credentials: Credentials;
}

export interface ChannelAccountChange {
  readonly id: string;
  readonly label?: string;
  readonly status?: ChannelAccount["status"];
  readonly methods?: readonly string[];
  readonly priority?: number;
  readonly credentials?: Credentials;
}

export function useChannels() {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "channels", api.scope.headers["x-locale"]],
    queryFn: ({ signal }) => api.get<Page<Channel>>("/v1/channels", {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useChannelAccounts() {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "channel_accounts"],
    queryFn: ({ signal }) => api.get<Page<ChannelAccount>>("/v1/channel_accounts", {}, signal),
  });
}

export function useChannelAccountActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: [...scope, "channel_accounts"] });
  return {
    create: useMutation({
      mutationFn: ({ input, key }: { input: NewChannelAccount; key: string }) =>
        api.post<ChannelAccount>("/v1/channel_accounts", input, key),
      onSettled,
    }),
    change: useMutation({
      mutationFn: ({ id, ...change }: ChannelAccountChange) =>
        api.patch<ChannelAccount>(`/v1/channel_accounts/${id}`, change),
      onSettled,
    }),
    test: useMutation({
      mutationFn: (id: string) => api.post<CredentialTest>(`/v1/channel_accounts/${id}/test`, undefined),
    }),
    testDraft: useMutation({
      mutationFn: (draft: CredentialDraft) => api.post<CredentialTest>("/v1/channel_accounts/test", draft),
    }),
  };
}
