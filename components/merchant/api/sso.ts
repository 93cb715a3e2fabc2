"use client";

import type { z } from "@hono/zod-openapi";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { domainSchema, ssoSchema, ssoTestSchema, testSsoSchema, updateSsoSchema } from "#lib/sso/schemas";
import { useApi } from "./use-api.ts";

export type SsoConnection = z.output<typeof ssoSchema>;
export type SsoDomain = z.output<typeof domainSchema>;
export type SsoChange = z.input<typeof updateSsoSchema>;
export type SsoDraft = z.input<typeof testSsoSchema>;

/** Single sign-on holds for the merchant, in test and live mode alike. */
export function useSso() {
  const { api, scope } = useApi();
  return useQuery({
    queryKey: [...scope, "sso"],
    queryFn: ({ signal }) => api.get<SsoConnection>("/v1/sso", {}, signal),
  });
}

export function useSsoActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const onSettled = () => cache.invalidateQueries({ queryKey: [...scope, "sso"] });
  const at = (domain: string) => `/v1/sso/domains/${encodeURIComponent(domain)}`;
  return {
    change: useMutation({ mutationFn: (input: SsoChange) => api.patch<SsoConnection>("/v1/sso", input), onSettled }),
    remove: useMutation({ mutationFn: () => api.delete<SsoConnection>("/v1/sso"), onSettled }),
    test: useMutation({
      mutationFn: (draft: SsoDraft) => api.post<z.output<typeof ssoTestSchema>>("/v1/sso/test", draft),
    }),
    addDomain: useMutation({
      mutationFn: (domain: string) => api.post<SsoDomain>("/v1/sso/domains", { domain }),
      onSettled,
    }),
    verifyDomain: useMutation({
      mutationFn: (domain: string) => api.post<SsoDomain>(`${at(domain)}/verify`, {}),
      onSettled,
    }),
    removeDomain: useMutation({ mutationFn: (domain: string) => api.delete(at(domain)), onSettled }),
  };
}
