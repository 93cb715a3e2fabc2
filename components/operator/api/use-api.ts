"use client";

import { useLocale } from "next-intl";
import { useMemo } from "react";
import { ApiClient } from "../../merchant/api/client.ts";

/** /v1/operator as the signed-in operator. */
export function useOperatorApi(): ApiClient {
  const locale = useLocale();
  return useMemo(() => new ApiClient({ headers: { "x-locale": locale }, signIn: "/console/sign-in" }), [locale]);
}
