"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import type { auditEntrySchema, auditVerificationSchema } from "#lib/audit/schemas";
import { save } from "../save-file.ts";
import type { Page, Query } from "./client.ts";
import { useApi } from "./use-api.ts";

export type AuditEntry = z.output<typeof auditEntrySchema>;
export type AuditVerification = z.output<typeof auditVerificationSchema>;

export function useAuditLog(filter: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "audit_log", filter],
    queryFn: ({ signal }) => api.get<Page<AuditEntry>>("/v1/audit_log", filter, signal),
    placeholderData: keepPreviousData,
  });
}

export function useAuditActions() {
  const { api } = useApi();
  return {
    verify: useMutation({ mutationFn: () => api.get<AuditVerification>("/v1/audit_log/verification") }),
    download: useMutation({
      mutationFn: async (filter: Query) => {
        const given = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
        const { name, content } = await api.file(`/v1/audit_log/export?${new URLSearchParams(given)}`);
        save(name, content);
      },
    }),
  };
}
