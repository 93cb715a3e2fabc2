/** The places where a test may kill the process. Each is a moment between two things that must not come apart. */
export const crashpoints = [
  "after-channel-answer",
  "after-attempt-commit",
  "during-webhook-delivery",
  "after-refund-reserve",
  "after-refund-answer",
  "after-notification-commit",
  "after-export-part",
  "after-erased-orders",
] as const;

export type Crashpoint = (typeof crashpoints)[number];

/** Dies as a power cut would (SIGKILL: no handler, no flush) when CRASHPOINT names this place. */
export function crashpoint(name: Crashpoint): void {
  if (process.env.CRASHPOINT === name) process.kill(process.pid, "SIGKILL");
}
