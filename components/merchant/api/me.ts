"use client";

import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from "@simplewebauthn/browser";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useAccountApi } from "./account-api.tsx";
import type { Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Whether the authenticator is asked for. */
  readonly totp: boolean;
  readonly recovery_codes_left: number;
  /** Of an operator: nothing else is open without it. */
  readonly second_factor_required?: boolean;
}

/** What is shown before the second factor is changed. */
export interface Proof {
  readonly password: string;
  readonly code?: string;
}

export interface OwnSession {
  readonly id: string;
  readonly is_current: boolean;
  readonly browser: string;
  readonly ip: string;
  readonly created_at: string;
  readonly last_seen_at: string;
}

export interface OwnPasskey {
  readonly id: string;
  readonly name: string;
  /** Kept by a password manager, and so on more than one device. */
  readonly synced: boolean;
  readonly created_at: string;
  readonly last_used_at: string | null;
}

interface RecoveryCodes {
  readonly recovery_codes: readonly string[];
}

/** The person's own account: the same at every merchant and in both modes. */
const key = ["me"] as const;

export function useMe() {
  const { api, path } = useAccountApi();
  return useQuery({ queryKey: [...key, "self"], queryFn: ({ signal }) => api.get<Me>(path, {}, signal) });
}

export function useOwnSessions() {
  const { api, path } = useAccountApi();
  return useQuery({
    queryKey: [...key, "sessions"],
    queryFn: ({ signal }) => api.get<Page<OwnSession>>(`${path}/sessions`, {}, signal),
  });
}

export function useOwnPasskeys() {
  const { api } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: key });
  return {
    passkeys: useQuery({
      queryKey: [...key, "passkeys"],
      queryFn: ({ signal }) => api.get<Page<OwnPasskey>>("/v1/me/passkeys", {}, signal),
    }),
    begin: useMutation({
      mutationFn: (password: string) =>
        api.post<{ options: PublicKeyCredentialCreationOptionsJSON }>("/v1/me/passkeys/options", { password }),
    }),
    add: useMutation({
      mutationFn: ({ name, response }: { name: string; response: RegistrationResponseJSON }) => {
        const { id, rawId, type, clientExtensionResults } = response;
        const { clientDataJSON, attestationObject, transports } = response.response;
        const made = { clientDataJSON, attestationObject, transports };
        return api.post<OwnPasskey>("/v1/me/passkeys", {
          name,
          response: { id, rawId, type, response: made, clientExtensionResults },
        });
      },
      onSettled,
    }),
    rename: useMutation({
      mutationFn: ({ id, name }: { id: string; name: string }) => api.patch(`/v1/me/passkeys/${id}`, { name }),
      onSettled,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.delete(`/v1/me/passkeys/${id}`), onSettled }),
  };
}

export function useMyActions() {
  const { api, path } = useAccountApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: key });
  return {
    changePassword: useMutation({
      mutationFn: (input: { current: string; password: string }) => api.post(`${path}/password`, input),
      onSettled,
    }),
    /** Everything that was cached is somebody's who is no more. */
    deleteAccount: useMutation({
      mutationFn: (password: string) => api.post(`${path}/delete`, { password }),
      onSuccess: () => cache.clear(),
    }),
    endSession: useMutation({ mutationFn: (id: string) => api.delete(`${path}/sessions/${id}`), onSettled }),
    endOthers: useMutation({ mutationFn: () => api.post(`${path}/sessions/end_others`, {}), onSettled }),
    beginTotp: useMutation({
      mutationFn: (password: string) => api.post<{ secret: string; uri: string }>(`${path}/totp`, { password }),
    }),
    confirmTotp: useMutation({
      mutationFn: (code: string) => api.post<RecoveryCodes>(`${path}/totp/confirm`, { code }),
      onSettled,
    }),
    removeTotp: useMutation({
      mutationFn: (proof: Proof) => api.post(`${path}/totp/remove`, proof),
      onSettled,
    }),
    renewCodes: useMutation({
      mutationFn: (proof: Proof) => api.post<RecoveryCodes>(`${path}/recovery_codes`, proof),
      onSettled,
    }),
  };
}
