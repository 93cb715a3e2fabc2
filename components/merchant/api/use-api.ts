"use client";

import { useLocale } from "next-intl";
import { useMemo, useRef } from "react";
import { useSession } from "../session.tsx";
import { ApiClient, merchantScope, newIdempotencyKey } from "./client.ts";

/** The client of the merchant and mode that are open, and the start of every cache key that belongs to them. */
export function useApi() {
  const locale = useLocale();
  const { merchant, mode } = useSession();
  return useMemo(() => {
    const api = new ApiClient(merchantScope(merchant.id, mode, locale));
    return { api, scope: [merchant.id, mode] as const };
  }, [merchant.id, mode, locale]);
}

/** One Idempotency-Key for each distinct wish: pressing again after a lost answer repeats it, changing it does not. */
export function useIdempotencyKey(): (wish: unknown) => string {
  const last = useRef({ wish: "", key: "" });
  return (wish) => {
    const text = JSON.stringify(wish);
    if (last.current.wish !== text) last.current = { wish: text, key: newIdempotencyKey() };
    return last.current.key;
  };
}
