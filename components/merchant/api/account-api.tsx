"use client";

import { createContext, useContext } from "react";
import type { ApiClient } from "./client.ts";

/** Where the signed-in person's own account is: of a merchant's people and of operators apart. */
export interface AccountApi {
  readonly api: ApiClient;
  readonly path: "/v1/me" | "/v1/operator/me";
  /** A change of the second factor takes a code too. */
  readonly wantsCode: boolean;
}

const AccountApiContext = createContext<AccountApi | undefined>(undefined);
export const AccountApiProvider = AccountApiContext.Provider;

export function useAccountApi(): AccountApi {
  const account = useContext(AccountApiContext);
  if (!account) throw new Error("no AccountApiProvider above");
  return account;
}
