"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { PrivacyRequestJson } from "#lib/privacy/schemas";
import type { Subject } from "#lib/privacy/subject";
import { save } from "../save-file.ts";
import type { Page, Query } from "./client.ts";
import { useApi } from "./use-api.ts";

export type PrivacyRequest = PrivacyRequestJson;
export type { Subject };

export interface PrivacyWish {
  readonly kind: "export" | "erasure";
  readonly subject: Subject;
  /** The same over repetitions of one wish. */
  readonly key: string;
}

const liveMs = 1_000;

function isUnderWay({ status }: PrivacyRequest): boolean {
  return status === "pending" || status === "processing";
}

export function usePrivacyRequests(filter: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "privacy", filter],
    queryFn: ({ signal }) => api.get<Page<PrivacyRequest>>("/v1/privacy/requests", filter, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.data.some(isUnderWay) ? liveMs : false),
  });
}

export function usePrivacyActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: [...scope, "privacy"] });
  return {
    request: useMutation({
      mutationFn: ({ kind, subject, key }: PrivacyWish) =>
        api.post<PrivacyRequest>(`/v1/privacy/${kind === "export" ? "exports" : "erasures"}`, subject, key),
      onSettled,
    }),
    download: useMutation({
      mutationFn: async (id: string) => {
        const { name, content } = await api.file(`/v1/privacy/requests/${id}/file`);
        save(name, content);
      },
    }),
  };
}
