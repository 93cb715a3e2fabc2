"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { MoveClock, TestClock } from "#lib/test-clock/schemas";
import { useApi } from "./use-api.ts";

/** Moving the clock changes what every page shows: what is kept is asked for again, the shell included. */
export function useTestClockActions() {
  const { api, scope } = useApi();
  const cache = useQueryClient();
  const router = useRouter();
  const onSuccess = () => {
    router.refresh();
    return cache.invalidateQueries({ queryKey: scope });
  };
  return {
    move: useMutation({
      mutationFn: (input: MoveClock) => api.post<TestClock>("/v1/test/clock", input),
      onSuccess,
    }),
    reset: useMutation({ mutationFn: () => api.delete<TestClock>("/v1/test/clock"), onSuccess }),
  };
}
