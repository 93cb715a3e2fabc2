"use client";

import type { ReactNode } from "react";
import { AccountApiProvider } from "../../merchant/api/account-api.tsx";
import { useOperatorApi } from "../api/use-api.ts";

/** The parts of the account that merchants' people have too, for an operator. */
export function OwnAccount({ children }: { children: ReactNode }) {
  const api = useOperatorApi();
  return <AccountApiProvider value={{ api, path: "/v1/operator/me", wantsCode: true }}>{children}</AccountApiProvider>;
}
