"use client";

import type { z } from "@hono/zod-openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  credentialDraftSchema,
  lendSchema,
  loanSchema,
  newPlatformAccountSchema,
  platformAccountChangeSchema,
  platformAccountDetailSchema,
  platformAccountSchema,
  termsSchema,
} from "#lib/operator/channels/platform-schemas";
import type { Channel, Credentials, CredentialTest } from "../../merchant/api/channel-accounts.ts";
import type { Page } from "../../merchant/api/client.ts";
import { useOperatorApi } from "./use-api.ts";

export type PlatformAccount = z.output<typeof platformAccountSchema>;
export type PlatformAccountDetail = z.output<typeof platformAccountDetailSchema>;
export type Loan = z.output<typeof loanSchema>;
type NewPlatformAccount = z.input<typeof newPlatformAccountSchema>;
type CredentialDraft = z.input<typeof credentialDraftSchema>;
type Change = z.input<typeof platformAccountChangeSchema>;
type NewLoan = z.input<typeof lendSchema>;
type Terms = z.input<typeof termsSchema>;

const root = "/v1/operator/platform_accounts";

export function useChannelKinds() {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["channel-kinds"],
    queryFn: ({ signal }) => api.get<Page<Channel>>("/v1/operator/channels", {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function usePlatformAccounts() {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["channels", "platform"],
    queryFn: ({ signal }) => api.get<Page<PlatformAccount>>(root, {}, signal),
  });
}

export function usePlatformAccount(id: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["channels", "platform", id],
    queryFn: ({ signal }) => api.get<PlatformAccountDetail>(`${root}/${id}`, {}, signal),
  });
}

export function useNewPlatformAccount() {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ["channels"] });
  return {
    create: useMutation({
      mutationFn: (input: NewPlatformAccount) => api.post<PlatformAccountDetail>(root, input),
      onSettled,
    }),
    testDraft: useMutation({
      mutationFn: (draft: CredentialDraft) => api.post<CredentialTest>(`${root}/test`, draft),
    }),
  };
}

export function usePlatformAccountActions(id: string) {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: ["channels"] });
  const one = `${root}/${id}`;
  return {
    change: useMutation({
      mutationFn: (input: Change) => api.patch<PlatformAccountDetail>(one, input),
      onSettled,
    }),
    replace: useMutation({
      mutationFn: (credentials: Credentials) => api.post<PlatformAccountDetail>(`${one}/credentials`, { credentials }),
      onSettled,
    }),
    test: useMutation({ mutationFn: () => api.post<CredentialTest>(`${one}/test`, undefined) }),
    lend: useMutation({
      mutationFn: (loan: NewLoan) => api.post<PlatformAccountDetail>(`${one}/loans`, loan),
      onSettled,
    }),
    changeLoan: useMutation({
      mutationFn: ({ merchant, terms }: { merchant: string; terms: Terms }) =>
        api.patch<PlatformAccountDetail>(`${one}/loans/${merchant}`, terms),
      onSettled,
    }),
    takeBack: useMutation({
      mutationFn: (merchant: string) =>
        api.post<PlatformAccountDetail>(`${one}/loans/${merchant}/take_back`, undefined),
      onSettled,
    }),
  };
}
