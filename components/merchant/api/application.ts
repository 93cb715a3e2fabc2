"use client";

import type { z } from "@hono/zod-openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Facts } from "#lib/onboarding/facts";
import type { applicationSchema, contractSchema, documentKindSchema, signatureSchema } from "#lib/onboarding/schemas";
import { save } from "../save-file.ts";
import { useApi } from "./use-api.ts";

export type Application = z.output<typeof applicationSchema>;
export type Contract = z.output<typeof contractSchema>;
export type DocumentKind = z.output<typeof documentKindSchema>;

const path = "/v1/application";

export function useApplication() {
  const { api, scope } = useApi();
  const queryKey = [...scope, "application"];
  return useQuery({ queryKey, queryFn: ({ signal }) => api.get<Application>(path, {}, signal) });
}

export function useContract() {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "contract"],
    queryFn: ({ signal }) => api.get<Contract>(`${path}/contract`, {}, signal),
  });
}

export function useApplicationChanges() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const queryKey = [...scope, "application"];
  const take = (application: Application) => cache.setQueryData(queryKey, application);
  const reload = () => cache.invalidateQueries({ queryKey });
  return {
    save: useMutation({ mutationFn: (facts: Facts) => api.patch<Application>(path, facts), onSuccess: take }),
    submit: useMutation({ mutationFn: () => api.post<Application>(`${path}/submit`, undefined), onSuccess: take }),
    sign: useMutation({
      mutationFn: (body: { name: string; sha256: string }) =>
        api.post<z.output<typeof signatureSchema>>(`${path}/contract/sign`, body),
      onSuccess: reload,
    }),
    add: useMutation({
      mutationFn: async ({ kind, file }: { kind: DocumentKind; file: File }) => {
        const sent = await api.upload<{ id: string }>("/v1/application_files", { name: file.name }, file);
        return api.post(`${path}/documents`, { file: sent.id, kind });
      },
      onSuccess: reload,
    }),
    remove: useMutation({
      mutationFn: (id: string) => api.delete(`${path}/documents/${id}`),
      onSuccess: reload,
    }),
    open: useMutation({
      mutationFn: async ({ id, name }: { id: string; name: string }) => {
        const { content } = await api.file(`${path}/documents/${id}`);
        save(name, content);
      },
    }),
  };
}
