"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether React has taken over. Before that, pressing a button would send the form the plain way, to nowhere. */
export function useReady(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
