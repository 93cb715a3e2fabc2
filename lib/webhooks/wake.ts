import { processWide } from "#lib/kernel/globals";

const sleepers = processWide("outbox-sleepers", () => new Set<() => void>());

/** Says that the outbox holds something new. Only this process hears it; the others find out at their next look. */
export function wakeOutbox(): void {
  for (const wake of sleepers) wake();
}

/** Calls back on each wake-up until the returned function is called. */
export function onOutboxWake(wake: () => void): () => void {
  sleepers.add(wake);
  return () => sleepers.delete(wake);
}
