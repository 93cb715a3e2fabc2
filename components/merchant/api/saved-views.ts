"use client";

import type { z } from "@hono/zod-openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { savedViewSchema } from "#lib/saved-views/schemas";
import { newIdempotencyKey, type Page } from "./client.ts";
import { useApi } from "./use-api.ts";

export type SavedView = z.output<typeof savedViewSchema>;

export function useSavedViews(list: SavedView["list"]) {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "saved_views", list],
    queryFn: ({ signal }) => api.get<Page<SavedView>>("/v1/saved_views", { list }, signal),
  });
}

export type NewView = Pick<SavedView, "list" | "name" | "filters" | "columns" | "density">;

export function useSavedViewActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: [...scope, "saved_views"] });
  return {
    save: useMutation({
      mutationFn: (view: NewView) => api.post<SavedView>("/v1/saved_views", view, newIdempotencyKey()),
      onSettled,
    }),
    remove: useMutation({ mutationFn: (id: string) => api.delete<SavedView>(`/v1/saved_views/${id}`), onSettled }),
  };
}
