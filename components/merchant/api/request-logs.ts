"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { requestLogSchema, requestLogWithBodiesSchema } from "#lib/request-log/schemas";
import type { Page, Query } from "./client.ts";
import { useApi } from "./use-api.ts";

export type RequestLog = z.output<typeof requestLogSchema>;
export type RequestLogWithBodies = z.output<typeof requestLogWithBodiesSchema>;

export function useRequestLogs(filter: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "request_logs", filter],
    queryFn: ({ signal }) => api.get<Page<RequestLog>>("/v1/request_logs", filter, signal),
    placeholderData: keepPreviousData,
  });
}

export function useRequestLog(id: string) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "request_log", id],
    queryFn: ({ signal }) => api.get<RequestLogWithBodies>(`/v1/request_logs/${encodeURIComponent(id)}`, {}, signal),
  });
}
