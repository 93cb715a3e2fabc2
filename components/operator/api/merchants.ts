"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { applicationFileSchema, queuedApplicationSchema } from "#lib/operator/applications/schemas";
import type { merchantDetailSchema, merchantNoteSchema, merchantRowSchema } from "#lib/operator/merchants/schemas";
import type { Page, Query } from "../../merchant/api/client.ts";
import { save } from "../../merchant/save-file.ts";
import type { Approval } from "./approvals.ts";
import { useOperatorApi } from "./use-api.ts";

export type MerchantRow = z.output<typeof merchantRowSchema>;
export type MerchantDetail = z.output<typeof merchantDetailSchema>;
export type MerchantNote = z.output<typeof merchantNoteSchema>;
export type MerchantLimits = MerchantRow["limits"];
export type QueuedApplication = z.output<typeof queuedApplicationSchema>;
export type ApplicationFile = z.output<typeof applicationFileSchema>;

export interface TimelineEntry {
  readonly id: string;
  readonly operator: string;
  readonly verb: string;
  readonly change: Record<string, unknown> | null;
  readonly created_at: string;
}

const root = "/v1/operator/merchants";

export function useMerchants(query: Query) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["merchants", "list", query],
    queryFn: ({ signal }) => api.get<Page<MerchantRow>>(root, query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useMerchant(id: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["merchants", id],
    queryFn: ({ signal }) => api.get<MerchantDetail>(`${root}/${id}`, {}, signal),
  });
}

export function useMerchantNotes(id: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["merchants", id, "notes"],
    queryFn: ({ signal }) => api.get<Page<MerchantNote>>(`${root}/${id}/notes`, {}, signal),
  });
}

export function useMerchantTimeline(id: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["merchants", id, "timeline"],
    queryFn: ({ signal }) => api.get<Page<TimelineEntry>>(`${root}/${id}/timeline`, { limit: 50 }, signal),
  });
}

export function useMerchantActions(id: string) {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const onSuccess = () => cache.invalidateQueries();
  return {
    suspend: useMutation({
      mutationFn: (reason: string) => api.post<MerchantDetail>(`${root}/${id}/suspend`, { reason }),
      onSuccess,
    }),
    resume: useMutation({
      mutationFn: (reason: string) => api.post<Approval>(`${root}/${id}/resume`, { reason }),
      onSuccess,
    }),
    setLimits: useMutation({
      mutationFn: (body: { tier: string; limits: MerchantLimits; reason: string }) =>
        api.post<Approval>(`${root}/${id}/limits`, body),
      onSuccess,
    }),
    addNote: useMutation({
      mutationFn: (text: string) => api.post<MerchantNote>(`${root}/${id}/notes`, { text }),
      onSuccess,
    }),
  };
}

const applications = "/v1/operator/applications";

export function useApplications(status: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["applications", "list", status],
    queryFn: ({ signal }) => api.get<Page<QueuedApplication>>(applications, { status }, signal),
    placeholderData: keepPreviousData,
  });
}

export function useApplicationFile(id: string) {
  const api = useOperatorApi();
  return useQuery({
    queryKey: ["applications", id],
    queryFn: ({ signal }) => api.get<ApplicationFile>(`${applications}/${id}`, {}, signal),
    // Each look stands in the log: no more of them than a person takes.
    refetchOnWindowFocus: false,
  });
}

export function useApplicationActions(id: string) {
  const api = useOperatorApi();
  const cache = useQueryClient();
  const path = `${applications}/${id}`;
  const onSuccess = () => cache.invalidateQueries();
  return {
    check: useMutation({
      mutationFn: (body: { item: string; is_passed: boolean; note: string }) =>
        api.post<ApplicationFile>(`${path}/checks`, body),
      onSuccess: (file) => cache.setQueryData(["applications", id], file),
    }),
    answer: useMutation({
      mutationFn: ({ answer, message }: { answer: "ask" | "reject"; message: string }) =>
        api.post<ApplicationFile>(`${path}/${answer}`, { message }),
      onSuccess,
    }),
    approve: useMutation({
      mutationFn: (reason: string) => api.post<Approval>(`${path}/approve`, { reason }),
      onSuccess,
    }),
    open: useMutation({
      mutationFn: async ({ file, name }: { file: string; name: string }) => {
        const { content } = await api.file(`${path}/documents/${file}`);
        save(name, content);
      },
    }),
  };
}
