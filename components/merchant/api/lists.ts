"use client";

import type { z } from "@hono/zod-openapi";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { createEntrySchema, entrySchema, importEntriesSchema, importedSchema } from "#lib/lists/schemas";
import type { ApiClient, Page, Query } from "./client.ts";

export type ListEntry = z.output<typeof entrySchema>;
export type NewListEntry = z.input<typeof createEntrySchema>;
export type ListImport = z.input<typeof importEntriesSchema>;
export type ListImported = z.output<typeof importedSchema>;

/** Whose list it is: a merchant's or the platform's, with the same questions at another address. */
export interface ListPlace {
  readonly api: ApiClient;
  readonly scope: readonly string[];
  readonly path: "/v1/list_entries" | "/v1/operator/list_entries";
}

export function useListEntries({ api, scope, path }: ListPlace, query: Query) {
  return useQuery({
    queryKey: [...scope, "lists", query],
    queryFn: ({ signal }) => api.get<Page<ListEntry>>(path, query, signal),
    placeholderData: keepPreviousData,
  });
}

export function useListActions({ api, scope, path }: ListPlace) {
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: scope });
  return {
    add: useMutation({
      mutationFn: ({ input, key }: { input: NewListEntry; key: string }) => api.post<ListEntry>(path, input, key),
      onSettled,
    }),
    load: useMutation({
      mutationFn: ({ input, key }: { input: ListImport; key: string }) =>
        api.post<ListImported>(`${path}/import`, input, key),
      onSettled,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.delete<{ id: string }>(`${path}/${id}`), onSettled }),
  };
}
