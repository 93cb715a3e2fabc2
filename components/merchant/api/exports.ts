"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { createExportSchema, exportSchema } from "#lib/exports/schemas";
import type { Page, Query } from "./client.ts";
import { useApi } from "./use-api.ts";

export type Export = z.output<typeof exportSchema>;
export type ExportWish = z.input<typeof createExportSchema>;

const liveMs = 1_000;

export function isUnderWay(of: Pick<Export, "status">): boolean {
  return of.status === "pending" || of.status === "processing";
}

export function useExports(filter: Query) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "exports", filter],
    queryFn: ({ signal }) => api.get<Page<Export>>("/v1/exports", filter, signal),
    placeholderData: keepPreviousData,
    refetchInterval: (query) => (query.state.data?.data.some(isUnderWay) ? liveMs : false),
  });
}

/** One export, asked for again until it has ended. */
export function useExport(id: string | undefined) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "export", id],
    queryFn: ({ signal }) => api.get<Export>(`/v1/exports/${id}`, {}, signal),
    enabled: id !== undefined,
    refetchInterval: (query) => (query.state.data && !isUnderWay(query.state.data) ? false : liveMs),
  });
}

export function useExportActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: scope });
  return {
    start: useMutation({
      mutationFn: ({ wish, key }: { wish: ExportWish; key: string }) => api.post<Export>("/v1/exports", wish, key),
      onSettled,
    }),
    cancel: useMutation({ mutationFn: (id: string) => api.post<Export>(`/v1/exports/${id}/cancel`, {}), onSettled }),
    download: useMutation({
      mutationFn: async (id: string) => {
        const { name, content } = await api.file(`/v1/exports/${id}/file`);
        save(name, content);
      },
    }),
  };
}

/** Hands a file to the browser's own downloads. */
function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
